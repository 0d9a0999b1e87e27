'use client';

import { useTranslations } from 'next-intl';
import { Suspense } from 'react';
import { api } from '@/api/api';
import { loginFields } from '@/api/fields/login';
import { isProblemCode } from '@/api/problem';
import type { LoginRequest, Me, TenantChoice } from '@/api/types';
import { useFieldErrorText } from '@/forms/field-errors';
import { inputOf } from '@/forms/form-state';
import { FormProblem, loadLater } from '@/forms/later';
import { PasswordInput } from '@/forms/password-input';
import { useRuledForm } from '@/forms/use-ruled-form';
import { useTypedEarly } from '@/forms/use-typed-early';
import { useWarmUp } from '@/forms/use-warm-up';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { Form } from '@/ui/form';
import { Input } from '@/ui/input';

interface SignInFormProps {
  email?: string;
  /** The clinic to sign in to, where the host does not say. */
  tenant?: string;
  /** Returns once the person is where they wanted to be, or never. */
  onSignedIn: (me: Me) => void | Promise<void>;
  /** Right e-mail and password, several clinics: called with a way to choose. */
  onChoice?: (credentials: LoginRequest, tenants: TenantChoice) => void;
}

/** The form may stand over another one, which has an e-mail too. */
const idOf = (name: string) => `sign-in-${name}`;

export function SignInForm({ email = '', tenant, onSignedIn, onChoice }: SignInFormProps) {
  const t = useTranslations('auth');
  useWarmUp(loadLater);
  const { form, submit } = useRuledForm(
    { fields: loginFields },
    {
      start: { email, password: '' },
      zone: '',
      creating: true,
      idOf,
      save: async ({ email: typed = '', password = '' }) => {
        const credentials: LoginRequest = {
          email: typed.trim(),
          password,
          ...(tenant && { tenant }),
        };
        try {
          await onSignedIn(await api.post<Me>('/auth/login', credentials));
        } catch (error) {
          if (!isProblemCode(error, 'tenant_required') || !onChoice) throw error;
          onChoice(credentials, error.problem.tenants);
        }
      },
    },
  );
  const element = useTypedEarly(form);
  const errorOf = useFieldErrorText(form.faults, loginFields);
  const wrong = isProblemCode(form.problem, 'invalid_credentials')
    ? t('wrongCredentials')
    : isProblemCode(form.problem, 'permission_denied')
      ? t('noClinic')
      : undefined;

  return (
    <Form ref={element} className="space-y-5" onSubmit={submit}>
      <Suspense>
        {form.problem !== undefined && <FormProblem error={form.problem} text={wrong} ofForm />}
      </Suspense>
      <Field id={idOf('email')} label={t('email')} error={errorOf('email')}>
        {(ids) => (
          <Input
            {...ids}
            {...inputOf(form, 'email')}
            type="email"
            autoComplete="username"
            inputMode="email"
          />
        )}
      </Field>
      <Field id={idOf('password')} label={t('password')} error={errorOf('password')}>
        {(ids) => (
          <PasswordInput {...ids} {...inputOf(form, 'password')} autoComplete="current-password" />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" wide busy={form.saving}>
        {form.saving ? t('signingIn') : t('signIn')}
      </Button>
    </Form>
  );
}

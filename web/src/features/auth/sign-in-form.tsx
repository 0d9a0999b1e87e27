'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '@/api/api';
import { isProblemCode, ProblemError } from '@/api/problem';
import type { LoginRequest, Me, TenantChoice } from '@/api/types';
import { useFieldErrorText } from '@/forms/field-errors';
import { FormProblem } from '@/forms/form-problem';
import { lazyResolver, showFieldErrors } from '@/forms/hook-form';
import { PasswordInput } from '@/forms/password-input';
import { useWarmUp } from '@/forms/use-warm-up';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { Input } from '@/ui/input';

const FIELDS = ['email', 'password'] as const;
const resolver = lazyResolver<LoginRequest>(
  async () => (await import('./sign-up-schema')).signInSchema,
);

interface SignInFormProps {
  email?: string;
  /** The clinic to sign in to, where the host does not say. */
  tenant?: string;
  /** Returns once the person is where they wanted to be, or never. */
  onSignedIn: (me: Me) => void | Promise<void>;
  /** Right e-mail and password, several clinics: called with a way to choose. */
  onChoice?: (credentials: LoginRequest, tenants: TenantChoice) => void;
}

export function SignInForm({ email = '', tenant, onSignedIn, onChoice }: SignInFormProps) {
  const t = useTranslations('auth');
  useWarmUp();
  const [problem, setProblem] = useState<unknown>();
  const { register, handleSubmit, setError, formState } = useForm<LoginRequest>({
    resolver,
    defaultValues: { email, password: '' },
  });
  const errorOf = useFieldErrorText(formState.errors);

  const submit = handleSubmit(async ({ email: typed, password }) => {
    setProblem(undefined);
    const credentials: LoginRequest = { email: typed.trim(), password, ...(tenant && { tenant }) };
    try {
      await onSignedIn(await api.post<Me>('/auth/login', credentials));
    } catch (error) {
      if (isProblemCode(error, 'tenant_required') && onChoice)
        onChoice(credentials, error.problem.tenants);
      else if (!(error instanceof ProblemError) || !showFieldErrors(error, FIELDS, setError))
        setProblem(error);
    }
  });
  const wrong = isProblemCode(problem, 'invalid_credentials')
    ? t('wrongCredentials')
    : isProblemCode(problem, 'permission_denied')
      ? t('noClinic')
      : undefined;

  return (
    <form noValidate className="space-y-5" onSubmit={(event) => void submit(event)}>
      <FormProblem error={problem} text={wrong} ofForm />
      <Field id="sign-in-email" label={t('email')} error={errorOf('email')}>
        {(ids) => (
          <Input
            {...ids}
            {...register('email')}
            type="email"
            autoComplete="username"
            inputMode="email"
          />
        )}
      </Field>
      <Field id="sign-in-password" label={t('password')} error={errorOf('password')}>
        {(ids) => (
          <PasswordInput {...ids} {...register('password')} autoComplete="current-password" />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" wide busy={formState.isSubmitting}>
        {formState.isSubmitting ? t('signingIn') : t('signIn')}
      </Button>
    </form>
  );
}

'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Suspense, useState } from 'react';
import { api } from '@/api/api';
import { registerFields } from '@/api/fields/register';
import { isProblemCode } from '@/api/problem';
import type { RegisterRequest, RegisterResponse } from '@/api/types';
import { useFieldErrorText } from '@/forms/field-errors';
import { inputOf } from '@/forms/form-state';
import { FormProblem, loadLater } from '@/forms/later';
import { useRuledForm } from '@/forms/use-ruled-form';
import { useTypedEarly } from '@/forms/use-typed-early';
import { useWarmUp } from '@/forms/use-warm-up';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { Form } from '@/ui/form';
import { Input } from '@/ui/input';
import { clinicUrl, goTo } from './go-to-clinic';
import { NewPasswordField } from './password-field';
import { suggestedSlug, typedSlug } from './slug';
import { SlugField } from './slug-field';

const EMPTY = { organization_name: '', slug: '', full_name: '', email: '', password: '' };

export function SignUpForm({ baseHost }: { baseHost: string | null }) {
  const t = useTranslations('auth');
  useWarmUp(loadLater);
  const [slugIsOwn, setSlugIsOwn] = useState(false);
  const { form, submit } = useRuledForm(
    { fields: registerFields },
    {
      start: EMPTY,
      zone: '',
      creating: true,
      save: async (values) => {
        const { bodyOf } = await loadLater();
        const body: RegisterRequest = bodyOf(registerFields, values, '');
        try {
          const { tenant } = await api.post<RegisterResponse>('/auth/register', body);
          goTo(clinicUrl(tenant.origin));
          await new Promise(() => undefined); // Stays busy until the next document is there.
        } catch (error) {
          if (!isProblemCode(error, 'account_exists')) throw error;
          form.blame({ password: { type: error.code, message: '' } });
        }
      },
    },
  );
  const { slug = '', password = '' } = form.values;
  const errorOf = useFieldErrorText(form.faults, registerFields);

  const set = (name: string, value: string) => {
    form.set(name, name === 'slug' ? typedSlug(value) : value);
    if (name === 'slug') setSlugIsOwn(value !== '');
    if (name === 'organization_name' && !slugIsOwn) form.set('slug', suggestedSlug(value));
  };
  const typing = { values: form.values, set };
  const element = useTypedEarly(typing);

  return (
    <Form ref={element} className="space-y-5" onSubmit={submit}>
      <Suspense>
        {form.problem !== undefined && <FormProblem error={form.problem} ofForm />}
      </Suspense>
      <Field id="organization_name" label={t('clinicName')} error={errorOf('organization_name')}>
        {(ids) => (
          <Input
            {...ids}
            {...inputOf(typing, 'organization_name')}
            autoComplete="organization"
            placeholder={t('clinicNamePlaceholder')}
          />
        )}
      </Field>
      <SlugField
        {...inputOf(typing, 'slug')}
        slug={slug}
        baseHost={baseHost}
        error={errorOf('slug')}
        onSuggestion={(free) => set('slug', free)}
      />
      <Field id="full_name" label={t('yourName')} error={errorOf('full_name')}>
        {(ids) => <Input {...ids} {...inputOf(typing, 'full_name')} autoComplete="name" />}
      </Field>
      <Field id="email" label={t('email')} error={errorOf('email')}>
        {(ids) => (
          <Input
            {...ids}
            {...inputOf(typing, 'email')}
            type="email"
            autoComplete="username"
            inputMode="email"
          />
        )}
      </Field>
      <NewPasswordField
        {...inputOf(typing, 'password')}
        length={password.length}
        error={errorOf('password')}
      />
      <Button type="submit" look="primary" size="lg" wide busy={form.saving}>
        {form.saving ? t('creating') : t('createClinic')}
      </Button>
      <p className="text-center text-lg text-muted sm:text-base">
        {t('haveAccount')}{' '}
        <Link href="/sign-in" className="font-medium text-brand underline underline-offset-4">
          {t('signIn')}
        </Link>
      </p>
    </Form>
  );
}

'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { api } from '@/api/api';
import { isProblemCode, ProblemError } from '@/api/problem';
import type { RegisterRequest, RegisterResponse } from '@/api/types';
import { useFieldErrorText } from '@/forms/field-errors';
import { FormProblem } from '@/forms/form-problem';
import { lazyResolver, showFieldErrors } from '@/forms/hook-form';
import { useWarmUp } from '@/forms/use-warm-up';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { Input } from '@/ui/input';
import { clinicUrl, goTo } from './go-to-clinic';
import { NewPasswordField } from './password-field';
import { suggestedSlug, typedSlug } from './slug';
import { SlugField } from './slug-field';

const FIELDS = ['organization_name', 'slug', 'full_name', 'email', 'password'] as const;
const resolver = lazyResolver<RegisterRequest>(
  async () => (await import('./sign-up-schema')).signUpSchema,
);

export function SignUpForm({ baseHost }: { baseHost: string | null }) {
  const t = useTranslations('auth');
  useWarmUp();
  const [problem, setProblem] = useState<unknown>();
  const [slugIsOwn, setSlugIsOwn] = useState(false);
  const form = useForm<RegisterRequest>({
    resolver,
    defaultValues: { organization_name: '', slug: '', full_name: '', email: '', password: '' },
  });
  const { register, handleSubmit, setValue, setError, control, formState } = form;
  const errorOf = useFieldErrorText(formState.errors);
  const [slug, password] = useWatch({ control, name: ['slug', 'password'] });

  const changeSlug = (value: string) =>
    setValue('slug', value, { shouldValidate: formState.errors.slug !== undefined });

  const submit = handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      const { tenant } = await api.post<RegisterResponse>('/auth/register', values);
      goTo(clinicUrl(tenant.origin));
      await new Promise(() => undefined); // Stays busy until the next document is there.
    } catch (error) {
      if (isProblemCode(error, 'account_exists'))
        setError(
          'password',
          { type: 'account_exists', message: t('accountExists') },
          { shouldFocus: true },
        );
      else if (!(error instanceof ProblemError) || !showFieldErrors(error, FIELDS, setError))
        setProblem(error);
    }
  });

  // Registered here, in the order of the form: the first one in error takes the focus.
  const inputs = {
    organization_name: register('organization_name', {
      onChange: (event: { target: HTMLInputElement }) => {
        if (!slugIsOwn) changeSlug(suggestedSlug(event.target.value));
      },
    }),
    slug: register('slug', {
      onChange: (event: { target: HTMLInputElement }) => {
        setSlugIsOwn(event.target.value !== '');
        changeSlug(typedSlug(event.target.value));
      },
    }),
    full_name: register('full_name'),
    email: register('email'),
    password: register('password'),
  };

  return (
    // The API's checks are the same and better put than the browser's.
    <form noValidate className="space-y-5" onSubmit={(event) => void submit(event)}>
      <FormProblem error={problem} ofForm />
      <Field id="organization_name" label={t('clinicName')} error={errorOf('organization_name')}>
        {(ids) => (
          <Input
            {...ids}
            {...inputs.organization_name}
            autoComplete="organization"
            placeholder={t('clinicNamePlaceholder')}
          />
        )}
      </Field>
      <SlugField
        {...inputs.slug}
        slug={slug}
        baseHost={baseHost}
        error={errorOf('slug')}
        onSuggestion={(free) => {
          setSlugIsOwn(true);
          changeSlug(free);
        }}
      />
      <Field id="full_name" label={t('yourName')} error={errorOf('full_name')}>
        {(ids) => <Input {...ids} {...inputs.full_name} autoComplete="name" />}
      </Field>
      <Field id="email" label={t('email')} error={errorOf('email')}>
        {(ids) => (
          <Input
            {...ids}
            {...inputs.email}
            type="email"
            autoComplete="username"
            inputMode="email"
          />
        )}
      </Field>
      <NewPasswordField {...inputs.password} length={password.length} error={errorOf('password')} />
      <Button type="submit" look="primary" size="lg" wide busy={formState.isSubmitting}>
        {formState.isSubmitting ? t('creating') : t('createClinic')}
      </Button>
      <p className="text-center text-lg text-muted sm:text-base">
        {t('haveAccount')}{' '}
        <Link href="/sign-in" className="font-medium text-brand underline underline-offset-4">
          {t('signIn')}
        </Link>
      </p>
    </form>
  );
}

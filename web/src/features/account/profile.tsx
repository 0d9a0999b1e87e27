'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { api } from '@/api/api';
import { ProblemError } from '@/api/problem';
import type { Me } from '@/api/types';
import { showFieldErrors, useFieldErrorText } from '@/forms/field-errors';
import { FormProblem } from '@/forms/form-problem';
import { lazyResolver } from '@/forms/lazy-resolver';
import { useWarmUp } from '@/forms/use-warm-up';
import { useSession } from '@/session/session-provider';
import { useRoleName } from '@/session/use-role-name';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { Input } from '@/ui/input';
import { showToast } from '@/ui/toast';
import { Section } from './section';

interface ProfileValues {
  full_name: string;
}

const FIELDS = ['full_name'] as const;
const resolver = lazyResolver<ProfileValues>(
  async () => (await import('./profile-schema')).profileSchema,
);

/** The person's name can be changed here; e-mail, clinic and role are others' to change. */
export function Profile() {
  const t = useTranslations('account');
  const role = useRoleName();
  const router = useRouter();
  useWarmUp();
  const { me, setMe } = useSession((session) => session);
  const [problem, setProblem] = useState<unknown>();
  const { register, handleSubmit, setError, reset, formState } = useForm<ProfileValues>({
    resolver,
    defaultValues: { full_name: me.user.full_name },
  });
  const errorOf = useFieldErrorText(formState.errors);

  const submit = handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      const saved = await api.patch<Me>('/auth/me', { full_name: values.full_name.trim() });
      setMe(saved);
      reset({ full_name: saved.user.full_name });
      showToast({ text: t('savedToast') });
      router.refresh();
    } catch (error) {
      if (!(error instanceof ProblemError) || !showFieldErrors(error, FIELDS, setError))
        setProblem(error);
    }
  });

  return (
    <Section id="profile" title={t('profile')}>
      <form noValidate className="space-y-5" onSubmit={(event) => void submit(event)}>
        <FormProblem error={problem} ofForm />
        <Field id="full_name" label={t('name')} help={t('nameHelp')} error={errorOf('full_name')}>
          {(ids) => <Input {...ids} {...register('full_name')} autoComplete="name" />}
        </Field>
        <dl className="grid gap-x-6 gap-y-1 text-lg sm:grid-cols-[auto_1fr] sm:text-base">
          <dt className="text-muted">{t('email')}</dt>
          <dd className="break-all max-sm:mb-2">{me.user.email}</dd>
          <dt className="text-muted">{t('clinic')}</dt>
          <dd className="max-sm:mb-2">{me.tenant.name}</dd>
          <dt className="text-muted">{t('role')}</dt>
          <dd>{role}</dd>
        </dl>
        <Button type="submit" look="primary" busy={formState.isSubmitting}>
          {formState.isSubmitting ? t('saving') : t('saveName')}
        </Button>
      </form>
    </Section>
  );
}

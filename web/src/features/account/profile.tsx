'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '@/api/api';
import type { Me } from '@/api/types';
import type { Faults } from '@/forms/faults';
import { useFieldErrorText } from '@/forms/field-errors';
import { FormProblem } from '@/forms/form-problem';
import { inputOf, useFormState } from '@/forms/form-state';
import { useWarmUp } from '@/forms/use-warm-up';
import type { Values } from '@/forms/values';
import { useSession } from '@/session/session-provider';
import { useRoleName } from '@/session/use-role-name';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { Form } from '@/ui/form';
import { Input } from '@/ui/input';
import { showToast } from '@/ui/toast';
import { Section } from './section';

/** The person's name can be changed here; e-mail, clinic and role are others' to change. */
export function Profile() {
  const t = useTranslations('account');
  const role = useRoleName();
  const router = useRouter();
  useWarmUp();
  const { me, setMe } = useSession((session) => session);
  const form = useFormState({ full_name: me.user.full_name }, nameFault);
  const errorOf = useFieldErrorText(form.faults);

  const save = async ({ full_name = '' }: Values) => {
    const saved = await api.patch<Me>('/auth/me', { full_name: full_name.trim() });
    setMe(saved);
    form.startFrom({ full_name: saved.user.full_name });
    showToast({ text: t('savedToast') });
    router.refresh();
  };

  return (
    <Section id="profile" title={t('profile')}>
      <Form className="space-y-5" onSubmit={() => void form.submit(save)}>
        <FormProblem error={form.problem} ofForm />
        <Field id="full_name" label={t('name')} help={t('nameHelp')} error={errorOf('full_name')}>
          {(ids) => <Input {...ids} {...inputOf(form, 'full_name')} autoComplete="name" />}
        </Field>
        <dl className="grid gap-x-6 gap-y-1 text-lg sm:grid-cols-[auto_1fr] sm:text-base">
          <dt className="text-muted">{t('email')}</dt>
          <dd className="break-all max-sm:mb-2">{me.user.email}</dd>
          <dt className="text-muted">{t('clinic')}</dt>
          <dd className="max-sm:mb-2">{me.tenant.name}</dd>
          <dt className="text-muted">{t('role')}</dt>
          <dd>{role}</dd>
        </dl>
        <Button type="submit" look="primary" busy={form.saving}>
          {form.saving ? t('saving') : t('saveName')}
        </Button>
      </Form>
    </Section>
  );
}

function nameFault({ full_name = '' }: Values): Faults {
  return full_name.trim() ? {} : { full_name: { type: 'required', message: '' } };
}

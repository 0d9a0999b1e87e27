'use client';

import { useTranslations } from 'next-intl';
import type { Organization } from '@/api/types';
import { FormProblem } from '@/forms/form-problem';
import { Button } from '@/ui/button';
import { Choice, ChoiceGroup } from '@/ui/choice';
import { Field } from '@/ui/field';
import { Form } from '@/ui/form';
import { Input } from '@/ui/input';
import { showToast } from '@/ui/toast';
import { Section } from '@/features/account/section';
import { TimeZoneSelect } from './time-zone-select';
import { useSaveOrganization } from './use-organization';
import { useSaving } from './use-saving';

const LOCALES = [
  { value: 'en-IN', label: 'English' },
  { value: 'hi-IN', label: 'हिन्दी' },
] as const;

/** Name, language and time zone of the organisation. */
export function General({ organization }: { organization: Organization }) {
  const t = useTranslations('organization');
  const save = useSaveOrganization(organization);
  const { name, locale, time_zone } = organization;
  const form = useSaving<{ name: string; locale: string; time_zone: string }>({
    saved: { name, locale, time_zone },
    save: async (changed) => {
      const chosen = LOCALES.find(({ value }) => value === changed.locale)?.value;
      await save({ name: changed.name, locale: chosen, time_zone: changed.time_zone });
      showToast({ text: t('savedToast') });
    },
  });

  return (
    <Section id="general" title={t('general')}>
      <Form className="space-y-5" onSubmit={(event) => void form.submit(event)}>
        <FormProblem error={form.problem} ofForm />
        <Field id="name" label={t('name')} help={t('nameHelp')} error={form.errorOf('name')}>
          {(ids) => (
            <Input
              {...ids}
              name="name"
              value={form.values.name}
              autoComplete="organization"
              onChange={({ target }) => form.set('name', target.value)}
            />
          )}
        </Field>
        <ChoiceGroup
          id="locale"
          legend={t('locale')}
          help={t('localeHelp')}
          error={form.errorOf('locale')}
        >
          {LOCALES.map(({ value, label }) => (
            <Choice
              key={value}
              name="locale"
              label={label}
              lang={value}
              value={value}
              checked={form.values.locale === value}
              onChange={() => form.set('locale', value)}
            />
          ))}
        </ChoiceGroup>
        <Field
          id="time_zone"
          label={t('timeZone')}
          help={t('timeZoneHelp')}
          error={form.errorOf('time_zone')}
        >
          {(ids) => (
            <TimeZoneSelect
              {...ids}
              name="time_zone"
              value={form.values.time_zone}
              onChange={({ target }) => form.set('time_zone', target.value)}
            />
          )}
        </Field>
        <Button type="submit" look="primary" busy={form.busy} disabled={!form.dirty}>
          {form.busy ? t('saving') : t('save')}
        </Button>
      </Form>
    </Section>
  );
}

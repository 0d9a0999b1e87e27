'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { FormProblem } from '@/forms/form-problem';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { Form } from '@/ui/form';
import { Input } from '@/ui/input';
import { DOMAINS, organizationApi } from './organization-api';
import { useSaving } from './use-saving';

export function AddDomain() {
  const t = useTranslations('organization');
  const queryClient = useQueryClient();
  const form = useSaving<{ domain: string }>({
    saved: { domain: '' },
    save: async ({ domain = '' }) => {
      await organizationApi.addDomain(domain);
      await queryClient.invalidateQueries({ queryKey: DOMAINS });
    },
  });
  return (
    <Form className="space-y-3" onSubmit={(event) => void form.submit(event)}>
      <FormProblem error={form.problem} ofForm />
      <Field
        id="domain"
        label={t('newDomain')}
        help={t('newDomainHelp')}
        error={form.errorOf('domain')}
      >
        {(ids) => (
          <Input
            {...ids}
            name="domain"
            value={form.values.domain}
            inputMode="url"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => form.set('domain', target.value)}
          />
        )}
      </Field>
      <Button type="submit" busy={form.busy} disabled={!form.dirty}>
        {form.busy ? t('addingDomain') : t('addDomain')}
      </Button>
    </Form>
  );
}

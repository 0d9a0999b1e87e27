'use client';

import { useTranslations } from 'next-intl';
import { isProblemCode } from '@/api/problem';
import type { Organization } from '@/api/types';
import { clinicUrl, goTo } from '@/features/auth/go-to-clinic';
import { typedSlug } from '@/features/auth/slug';
import { SlugField } from '@/features/auth/slug-field';
import { Section } from '@/features/account/section';
import { FormProblem } from '@/forms/form-problem';
import { Button } from '@/ui/button';
import { useDate } from '@/session/use-dates';
import { Form } from '@/ui/form';
import { showToast } from '@/ui/toast';
import { useSaveOrganization } from './use-organization';
import { useSaving } from './use-saving';

interface AddressProps {
  organization: Organization;
  /** The domain that clinics' addresses end with; none where one host serves all. */
  baseHost: string | null;
}

/** The sub-domain. A new one is another host: the page goes on there. */
export function Address({ organization, baseHost }: AddressProps) {
  const t = useTranslations('organization');
  const date = useDate();
  const save = useSaveOrganization(organization);
  const { slug, origin } = organization;
  const form = useSaving<{ slug: string }>({
    saved: { slug },
    save: async (changed) => {
      const here = window.location.origin === origin;
      const saved = await save({ slug: changed.slug });
      if (here && saved.origin !== origin) {
        goTo(clinicUrl(saved.origin, '/settings/organization'));
        await new Promise(() => undefined); // Stays busy until the next document is there.
      }
      showToast({ text: t('savedToast') });
    },
  });
  const typed = form.values.slug;
  const { problem } = form;
  const limit = isProblemCode(problem, 'slug_limit')
    ? t('addressLimit', { date: date(problem.problem.free_at) })
    : undefined;

  return (
    <Section id="address" title={t('address')} text={t('addressText')}>
      <Form className="space-y-5" onSubmit={(event) => void form.submit(event)}>
        <FormProblem error={problem} text={limit} ofForm />
        <SlugField
          slug={form.dirty ? typed : ''}
          name="slug"
          value={typed}
          baseHost={baseHost}
          error={form.errorOf('slug')}
          onChange={({ target }) => form.set('slug', typedSlug(target.value))}
          onSuggestion={(suggestion) => form.set('slug', suggestion)}
        />
        <Button type="submit" busy={form.busy} disabled={!form.dirty}>
          {form.busy ? t('saving') : t('saveAddress')}
        </Button>
      </Form>
    </Section>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { DomainList, Organization } from '@/api/types';
import { OrganizationSettings } from '@/features/organization/organization-settings';
import { ClientMessages } from '@/i18n/client-messages';
import { apiGet } from '@/server/api';
import { tenantHostSuffix } from '@/server/hosts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('organization'))('title') };
}

/** For who may change the organisation: to others the API refuses its domains, and so the page. */
export default async function OrganizationPage() {
  const [{ data: organization }, { data: domains }] = await Promise.all([
    apiGet<Organization>('/organization'),
    apiGet<DomainList>('/organization/domains'),
  ]);
  const t = await getTranslations('organization');
  return (
    <ClientMessages parts={['organization', 'auth', 'errors', 'calendar']}>
      <h1 className="mb-6 text-2xl font-semibold">{t('title')}</h1>
      <OrganizationSettings
        organization={organization}
        domains={domains}
        baseHost={tenantHostSuffix()}
      />
    </ClientMessages>
  );
}

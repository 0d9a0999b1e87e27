'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { DomainList } from '@/api/types';
import { Section } from '@/features/account/section';
import { AddDomain } from './add-domain';
import { DomainRow } from './domain-row';
import { DOMAINS, organizationApi } from './organization-api';

const HEADING = 'domains';
const MOST = 5;

/** Domains of the organisation's own: each is proved by a record in DNS, whose state is looked at while it is awaited. */
export function Domains({ initial, origin }: { initial: DomainList; origin: string }) {
  const t = useTranslations('organization');
  const { data } = useQuery({
    queryKey: DOMAINS,
    queryFn: ({ signal }) => organizationApi.domains(signal),
    initialData: initial,
  });
  const domains = data.results;
  return (
    <Section id={HEADING} title={t('domains')} text={t('domainsText')}>
      {domains.length > 0 && (
        <ul className="mb-5 divide-y divide-line rounded-card border border-line bg-surface">
          {domains.map((domain) => (
            <DomainRow
              key={domain.id}
              domain={domain}
              target={new URL(origin).hostname}
              onRemoved={() => document.getElementById(HEADING)?.focus()}
            />
          ))}
        </ul>
      )}
      {domains.length < MOST ? <AddDomain /> : <p className="text-muted">{t('domainsFull')}</p>}
    </Section>
  );
}

'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { isProblemCode } from '@/api/problem';
import type { Domain } from '@/api/types';
import { FormProblem } from '@/forms/form-problem';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { showToast } from '@/ui/toast';
import { DnsRecord } from './dns-record';
import { DOMAINS, organizationApi } from './organization-api';
import { useDomainCheck } from './use-domain-check';

interface DomainRowProps {
  domain: Domain;
  /** The host that the domain has to point to. */
  target: string;
  onRemoved: () => void;
}

export function DomainRow({ domain, target, onRemoved }: DomainRowProps) {
  const t = useTranslations('organization');
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeOnce(domain.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: DOMAINS });
      showToast({ text: t('domainRemoved', { domain: domain.domain }) });
      onRemoved();
    },
  });
  const pending = domain.state === 'pending';
  return (
    <li className="space-y-4 px-4 py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1 text-lg font-medium sm:text-base">
          {pending ? (
            <span className="break-all">{domain.domain}</span>
          ) : (
            <a href={domain.origin} className="break-all text-brand underline underline-offset-4">
              {domain.domain}
            </a>
          )}
          <span role="status">
            <Badge
              tone={pending ? 'warning' : 'success'}
              label={t(pending ? 'domainPending' : 'domainVerified')}
            />
          </span>
        </p>
        <Button
          look="danger"
          busy={remove.isPending}
          aria-label={t('removeNamed', { domain: domain.domain })}
          onClick={() => remove.mutate()}
        >
          {t('remove')}
        </Button>
      </div>
      {remove.error && <FormProblem error={remove.error} />}
      {pending && <Proof domain={domain} />}
      {!pending && (
        <p className="text-base text-muted sm:text-sm">
          {t('pointHere', { domain: domain.domain, target })}
        </p>
      )}
    </li>
  );
}

function Proof({ domain }: { domain: Domain }) {
  const t = useTranslations('organization');
  const { look, error, looking, lookNow } = useDomainCheck(domain);
  return (
    <>
      <p className="text-lg sm:text-base">{t('recordText')}</p>
      <DnsRecord record={domain.record} />
      <div role="status" className="text-base text-muted sm:text-sm">
        {look && !look.domain && (
          <p>
            {look.unreachable
              ? t('dnsUnreachable')
              : look.found.length > 0
                ? t('otherRecord')
                : t('noRecord')}
          </p>
        )}
        {look && look.found.length > 0 && (
          <ul className="mt-1 list-inside list-disc break-all">
            {look.found.map((text) => (
              <li key={text}>
                <code>{text}</code>
              </li>
            ))}
          </ul>
        )}
      </div>
      {isProblemCode(error, 'domain_taken') ? (
        <FormProblem error={error} text={t('domainTaken')} />
      ) : (
        <FormProblem error={error} />
      )}
      <Button busy={looking} onClick={lookNow}>
        {looking ? t('checking') : t('checkNow')}
      </Button>
    </>
  );
}

/** One that is gone already is as good as removed. */
async function removeOnce(id: string) {
  try {
    await organizationApi.removeDomain(id);
  } catch (error) {
    if (!isProblemCode(error, 'not_found')) throw error;
  }
}

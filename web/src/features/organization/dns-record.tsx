'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Domain } from '@/api/types';
import { buttonStyles } from '@/ui/button-styles';

/** Type, name and value of a record as a provider's form asks for them; the long ones can be copied. */
export function DnsRecord({ record }: { record: Domain['record'] }) {
  const t = useTranslations('organization');
  const lines = [
    { label: t('recordType'), value: record.type, copy: false },
    { label: t('recordName'), value: record.name, copy: true },
    { label: t('recordValue'), value: record.value, copy: true },
  ];
  return (
    <dl className="divide-y divide-line rounded-control border border-line bg-sunken">
      {lines.map(({ label, value, copy }) => (
        <div key={label} className="flex flex-wrap items-center gap-x-3 px-3 py-2">
          <dt className="w-full text-base text-muted sm:w-16 sm:text-sm">{label}</dt>
          <dd className="flex min-w-0 flex-1 items-center justify-between gap-2">
            <code className="min-w-0 text-base break-all sm:text-sm">{value}</code>
            {copy && <CopyButton label={t('copyNamed', { what: label })} value={value} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function CopyButton({ label, value }: { label: string; value: string }) {
  const t = useTranslations('organization');
  const [copied, setCopied] = useState(false);
  const Icon = copied ? Check : Copy;

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      setCopied(false); // Not allowed here: the text can be selected.
    }
  }

  return (
    <>
      <button
        type="button"
        aria-label={label}
        className={buttonStyles({ look: 'quiet', size: 'icon' })}
        onClick={() => void copy()}
        onBlur={() => setCopied(false)}
      >
        <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
      </button>
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </>
  );
}

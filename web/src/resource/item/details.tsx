'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

export function Details({ children }: { children: ReactNode }) {
  return (
    <dl className="divide-y divide-line rounded-card border border-line bg-surface">{children}</dl>
  );
}

export function Detail({ label, children }: { label: string; children?: ReactNode }) {
  const t = useTranslations('resource');
  return (
    <div className="grid gap-0.5 px-4 py-3 text-lg sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-4 sm:text-base">
      <dt className="text-base text-muted">{label}</dt>
      <dd>{children || <span className="text-muted">{t('none')}</span>}</dd>
    </div>
  );
}

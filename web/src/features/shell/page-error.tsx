'use client';

import { useTranslations } from 'next-intl';
import { EmptyState } from '@/ui/empty-state';

interface PageErrorProps {
  error: Error & { digest?: string };
}

/** What the server could not render. Digests are set in server/api.ts; others are faults of ours. */
export function PageError({ error }: PageErrorProps) {
  const t = useTranslations('errors');
  const digest = error.digest ?? '';
  const [, code, requestId] = digest.split(':');
  const kind = digest.startsWith('api-unavailable')
    ? 'down'
    : code === 'permission_denied' || code === 'tenant_mismatch'
      ? 'forbidden'
      : 'broken';
  const reference = requestId ?? (kind === 'broken' ? digest : '');
  return (
    <main>
      <EmptyState as="h1" title={t(`${kind}Title`)} text={t(`${kind}Text`)}>
        <button
          type="button"
          className="h-11 rounded-control bg-brand px-4 text-lg font-medium text-on-brand hover:bg-brand-hover sm:h-9 sm:text-base"
          onClick={() => window.location.reload()}
        >
          {t('tryAgain')}
        </button>
        {reference && (
          <p className="w-full text-xs text-muted">{t('requestId', { id: reference })}</p>
        )}
      </EmptyState>
    </main>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { lazy, Suspense, useEffect } from 'react';
import { probe } from '@/lib/probe';
import { buttonStyles } from '@/ui/button-styles';
import { EmptyState } from '@/ui/empty-state';

export interface PageErrorProps {
  error: Error & { digest?: string };
}

const SignOutHere = lazy(async () => ({ default: (await import('./sign-out-here')).SignOutHere }));

const PAUSE_MS = 5_000;

/** What the server could not render. Digests are set in server/api.ts; others are faults of ours. */
export function PageError({ error }: PageErrorProps) {
  const t = useTranslations('errors');
  const { kind, reference } = reading(error);
  useReturn(kind === 'down' || kind === 'offline');
  return (
    <EmptyState as="h1" title={t(`${kind}Title`)} text={t(`${kind}Text`)}>
      <button
        type="button"
        className={buttonStyles({ look: 'primary' })}
        onClick={() => window.location.reload()}
      >
        {t('tryAgain')}
      </button>
      {kind === 'suspended' && (
        <>
          <a href="/session/elsewhere" className={buttonStyles()}>
            {t('elsewhere')}
          </a>
          <Suspense
            fallback={
              <span aria-hidden="true" className={buttonStyles()}>
                {t('signOut')}
              </span>
            }
          >
            <SignOutHere />
          </Suspense>
        </>
      )}
      {(kind === 'forbidden' || kind === 'broken') && (
        // A whole document: what is broken here may be the app itself.
        <a href="/patients" className={buttonStyles()}>
          {t('goHome')}
        </a>
      )}
      {reference && (
        <p className="w-full text-xs text-muted">{t('requestId', { id: reference })}</p>
      )}
    </EmptyState>
  );
}

function reading({ digest = '' }: PageErrorProps['error']) {
  const [, code, requestId] = digest.split(':');
  if (digest.startsWith('api-unavailable')) return { kind: 'down' } as const;
  if (code === 'permission_denied' || code === 'tenant_mismatch') {
    return { kind: 'forbidden', reference: requestId } as const;
  }
  if (code === 'tenant_suspended') return { kind: 'suspended', reference: requestId } as const;
  // No digest: a fault in the browser, code that could not be fetched for example.
  if (!digest && navigator.onLine === false) return { kind: 'offline' } as const;
  return { kind: 'broken', reference: requestId ?? digest } as const;
}

/** Looks every few seconds whether the server is back, and loads the page once it has seen it come back. */
function useReturn(wanted: boolean) {
  useEffect(() => {
    if (!wanted) return;
    let seenDown = false;
    const look = async () => {
      if (document.visibilityState !== 'visible') return;
      const up = await probe('/readyz').then(
        ({ ok }) => ok,
        () => false,
      );
      if (up && seenDown) window.location.reload();
      else seenDown = !up;
    };
    void look();
    const timer = setInterval(() => void look(), PAUSE_MS);
    return () => clearInterval(timer);
  }, [wanted]);
}

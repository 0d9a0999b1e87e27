'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import { FormProblem } from '@/forms/form-problem';
import { Button } from '@/ui/button';
import { Section } from './section';
import { SessionRow } from './session-row';
import { SESSIONS, sessionsApi } from './sessions-api';

const loadConfirm = () => import('./sign-out-everywhere');
const SignOutEverywhere = lazy(async () => ({ default: (await loadConfirm()).SignOutEverywhere }));

const HEADING = 'sessions';

export function Sessions() {
  const t = useTranslations('account');
  const [confirming, setConfirming] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => sessionsApi.list(signal),
  });

  return (
    <Section id={HEADING} title={t('sessions')} text={t('sessionsText')}>
      {error && (
        <div className="space-y-3">
          <FormProblem error={error} />
          <Button onClick={() => void refetch()}>{t('tryAgain')}</Button>
        </div>
      )}
      {!data && !error && <p className="py-4 text-muted">{t('loading')}</p>}
      {data && (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {data.results.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              // Its button is gone with the row: the focus goes where the list begins.
              onEnded={() => document.getElementById(HEADING)?.focus()}
            />
          ))}
        </ul>
      )}
      <Button look="danger" className="mt-4" onClick={() => setConfirming(true)}>
        {t('signOutEverywhere')}
      </Button>
      {confirming && (
        <Suspense>
          <SignOutEverywhere onClose={() => setConfirming(false)} />
        </Suspense>
      )}
    </Section>
  );
}

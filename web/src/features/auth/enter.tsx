'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { api } from '@/api/api';
import { ProblemError } from '@/api/problem';
import type { Me } from '@/api/types';
import { FormProblem } from '@/forms/form-problem';
import { buttonStyles } from '@/ui/button-styles';
import { Spinner } from '@/ui/spinner';
import { goTo, rememberLocale } from './go-to-clinic';

/** A code is good once: effects that run twice share its exchange. */
const exchanges = new Map<string, Promise<Me>>();

function exchange(code: string) {
  const running = exchanges.get(code) ?? api.post<Me>('/auth/enter', { code });
  exchanges.set(code, running);
  return running;
}

export function Enter({ code, next }: { code: string; next: string }) {
  const t = useTranslations('auth');
  const [problem, setProblem] = useState<unknown>();

  useEffect(() => {
    exchange(code).then((me) => {
      rememberLocale(me);
      goTo(next);
    }, setProblem);
  }, [code, next]);

  if (!problem) {
    return (
      <p role="status" className="mt-6 flex items-center gap-3 text-lg text-muted">
        <Spinner /> {t('renewTitle')}
      </p>
    );
  }
  const refused = problem instanceof ProblemError && problem.status >= 400 && problem.status < 500;
  return (
    <div className="mt-6 space-y-5">
      <FormProblem error={problem} text={refused ? t('enterFailed') : undefined} />
      <Link
        href={`/sign-in?next=${encodeURIComponent(next)}`}
        className={buttonStyles({ look: 'primary', size: 'lg', wide: true })}
      >
        {t('signIn')}
      </Link>
    </div>
  );
}

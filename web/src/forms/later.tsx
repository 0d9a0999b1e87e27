'use client';

import { useTranslations } from 'next-intl';
import { lazy, type ComponentType } from 'react';
import { ownProblem, UNREACHABLE } from '@/api/problem';

/**
 * Fetched when a person enters the form (useWarmUp): it may have to say that nothing can be fetched any more. Fails as a
 * call of the API does.
 */
export const loadLater = () =>
  import('./on-save').catch(() => {
    throw ownProblem(UNREACHABLE);
  });
type Later = Awaited<ReturnType<typeof loadLater>>;

export const DraftNotice = later(({ DraftNotice: notice }) => notice);
export const EditConflict = later(({ EditConflict: notice }) => notice);
export const ErrorSummary = later(({ ErrorSummary: notice }) => notice);
export const FormProblem = later(({ FormProblem: notice }) => notice);

function later<Props extends object>(choose: (code: Later) => ComponentType<Props>) {
  return lazy<ComponentType<Props>>(() =>
    loadLater().then(
      (code) => ({ default: choose(code) }),
      () => ({ default: Unreachable }),
    ),
  );
}

function Unreachable() {
  const t = useTranslations('errors');
  return (
    <p role="alert">
      {t('problems.unreachable')} {t('kept')}
    </p>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { ProblemError, SESSION_LOST, UNREACHABLE } from '@/api/problem';
import { Notice } from '@/ui/notice';

/** What befell the whole form: what happened, what was kept, what to do. */
export function FormProblem({ error, text }: { error: unknown; text?: string }) {
  const words = useProblemText();
  const t = useTranslations('errors');
  if (!error && !text) return null;
  const requestId = error instanceof ProblemError ? error.problem.request_id : '';
  return (
    <Notice tone="danger" alert>
      <p>{text ?? words(error)}</p>
      {requestId && !text && (
        <p className="text-xs text-muted">{t('requestId', { id: requestId })}</p>
      )}
    </Notice>
  );
}

export function useProblemText() {
  const t = useTranslations('errors');
  return (error: unknown): string => {
    if (!(error instanceof ProblemError)) return t('unexpected');
    switch (error.code) {
      case UNREACHABLE:
        return t('unreachable');
      case SESSION_LOST:
        return t('session');
      case 'unavailable':
        return t('unavailable');
      case 'unknown_host':
        return t('unknownHost');
      case 'permission_denied':
        return t('permission');
      case 'throttled':
        return error.retryAfter
          ? t('throttled', { seconds: error.retryAfter })
          : t('throttledSoon');
      case 'internal':
        return t('unexpected');
      default:
        return nonFieldText(error) ?? error.message;
    }
  };
}

/** Errors of the object, and of fields that the form does not show. */
function nonFieldText({ problem }: ProblemError) {
  const all = Object.values(problem.errors ?? {}).flat();
  return all.length > 0 ? all.map(({ message }) => message).join(' ') : undefined;
}

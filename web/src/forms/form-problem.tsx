'use client';

import { useTranslations } from 'next-intl';
import { ProblemError, SESSION_LOST, UNREACHABLE } from '@/api/problem';
import { useWordsByKey } from '@/i18n/use-words-by-key';
import { Notice } from '@/ui/notice';
import { useFaultWords } from './field-errors';
import { useFocusWhen } from './use-focus-when';

interface FormProblemProps {
  error: unknown;
  text?: string;
  /** Of a form: says that what was typed is kept, and takes the focus, since Save may be a screen away. */
  ofForm?: boolean;
}

/** What befell the whole form: what happened, what was kept, what to do. */
export function FormProblem({ error, text, ofForm = false }: FormProblemProps) {
  const words = useProblemText();
  const t = useTranslations('errors');
  const notice = useFocusWhen<HTMLDivElement>(ofForm && error);
  if (!error && !text) return null;
  const requestId = error instanceof ProblemError ? error.problem.request_id : '';
  return (
    <Notice tone="danger" alert ref={ofForm ? notice : undefined}>
      <p>
        {text ?? words(error)} {ofForm && !text && isInterruption(error) && t('kept')}
      </p>
      {requestId && !text && (
        <p className="text-xs text-muted">{t('requestId', { id: requestId })}</p>
      )}
    </Notice>
  );
}

/** Nothing was wrong with what was typed. */
function isInterruption(error: unknown) {
  return !(error instanceof ProblemError) || INTERRUPTIONS.includes(error.code);
}

const INTERRUPTIONS = [
  UNREACHABLE,
  SESSION_LOST,
  'unavailable',
  'internal',
  'tenant_suspended',
  'tenant_read_only',
];

export function useProblemText() {
  const t = useTranslations('errors');
  const { find } = useWordsByKey();
  const faultWords = useFaultWords();
  /** Errors of the object, and of fields that the form does not show. */
  const nonFieldText = ({ errors }: ProblemError) =>
    Object.entries(errors)
      .flatMap(([field, all]) =>
        all.map(({ code, message }) => faultWords(field, { type: code, message })),
      )
      .join(' ');
  return (error: unknown): string => {
    if (!(error instanceof ProblemError)) return t('unexpected');
    const { code, retryAfter: seconds } = error;
    if (code === 'throttled' && seconds) return t('throttled', { seconds });
    return find(`errors.problems.${code}`) ?? (nonFieldText(error) || error.message);
  };
}

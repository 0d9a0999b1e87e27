'use client';

import { useTranslations } from 'next-intl';
import { Notice } from '@/ui/notice';

/** More errors than this are listed at the top too, since the first may hide the others. */
const FEW = 3;

interface ErrorSummaryProps {
  /** Each field's element has its name as id. */
  fields: readonly string[];
  labelOf: (field: string) => string;
  errorOf: (field: string) => string | undefined;
}

export function ErrorSummary({ fields, labelOf, errorOf }: ErrorSummaryProps) {
  const t = useTranslations('errors');
  const wrong = fields.filter((field) => errorOf(field));
  if (wrong.length <= FEW) return null;
  return (
    <Notice tone="danger" title={t('summaryTitle', { count: wrong.length })}>
      <ul className="list-disc space-y-1 pl-5">
        {wrong.map((field) => (
          <li key={field}>
            <a href={`#${field}`} className="underline underline-offset-4">
              {labelOf(field)}: {errorOf(field)}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

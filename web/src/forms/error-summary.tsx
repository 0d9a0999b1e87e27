'use client';

import { useTranslations } from 'next-intl';
import type { FieldErrors, FieldValues, Path } from 'react-hook-form';
import { Notice } from '@/ui/notice';
import { useFieldErrorText } from './field-errors';

/** More errors than this are listed at the top too, since the first may hide the others. */
const FEW = 3;

interface ErrorSummaryProps<T extends FieldValues> {
  errors: FieldErrors<T>;
  /** In the order of the form; each field's element has its name as id. */
  fields: readonly Path<T>[];
  labelOf: (field: Path<T>) => string;
}

export function ErrorSummary<T extends FieldValues>({
  errors,
  fields,
  labelOf,
}: ErrorSummaryProps<T>) {
  const t = useTranslations('errors');
  const errorOf = useFieldErrorText(errors);
  const wrong = fields.filter((field) => errors[field]);
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

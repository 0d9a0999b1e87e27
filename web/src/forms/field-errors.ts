import { useLocale, useTranslations } from 'next-intl';
import type { FieldError, FieldErrors, FieldValues, Path, UseFormSetError } from 'react-hook-form';
import type { ProblemError } from '@/api/problem';
import { pickLocale } from '@/i18n/locales';

/** Puts the API's errors beside the fields they name; true when each of them found its field. */
export function showFieldErrors<T extends FieldValues>(
  error: ProblemError,
  fields: readonly Path<T>[],
  setError: UseFormSetError<T>,
): boolean {
  const entries = Object.entries(error.errors);
  let placed = 0;
  for (const [name, [first]] of entries) {
    const field = fields.find((known) => known === name);
    if (!field || !first) continue;
    setError(field, { type: first.code, message: first.message }, { shouldFocus: placed === 0 });
    placed += 1;
  }
  return placed > 0 && placed === entries.length;
}

/**
 * Words for a field's error: our own for this field and code, else in English the API's, else our
 * general ones for the code.
 */
export function useFieldErrorText<T extends FieldValues>(errors: FieldErrors<T>) {
  const t = useTranslations('errors');
  const english = pickLocale(useLocale()) === 'en';
  return (field: Path<T>): string | undefined => {
    const error = errors[field];
    if (!error) return undefined;
    const { type: code, message = '' } = error as FieldError;
    const own = `fields.${field}.${code}`;
    if (t.has(own)) return t(own);
    if (message && english) return message;
    if (t.has(code)) return t(code);
    return message || t('invalid');
  };
}

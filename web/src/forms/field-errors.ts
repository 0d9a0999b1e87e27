import { useLocale, useTranslations } from 'next-intl';
import type { FieldError, FieldErrors, FieldValues, Path, UseFormSetError } from 'react-hook-form';
import type { FieldRule, Fields } from '@/api/field';
import type { ProblemError } from '@/api/problem';
import { pickLocale } from '@/i18n/locales';
import { useWordsByKey } from '@/i18n/use-words-by-key';
import { ofElement, plainCode } from './element-code';
import { useLimitWords } from './limit-words';

/**
 * Puts the API's errors beside the fields they name, and the focus on the first of those; true when each of them
 * found its field. An error of an element (`tags.0`) stands beside its list.
 */
export function showFieldErrors<T extends FieldValues>(
  error: ProblemError,
  fields: readonly Path<T>[],
  setError: UseFormSetError<T>,
): boolean {
  const entries = Object.entries(error.errors);
  const placed: { field: Path<T>; type: string; message: string }[] = [];
  for (const [name, [first]] of entries) {
    const field = fields.find((known) => known === name || name.startsWith(`${known}.`));
    if (!field || !first) continue;
    const { code, message } = first;
    placed.push({ field, type: field === name ? code : ofElement(code), message });
  }
  placed.sort((one, other) => byPlaceInPage(one.field, other.field));
  placed.forEach(({ field, ...fault }, index) =>
    setError(field, fault, { shouldFocus: index === 0 }),
  );
  return placed.length > 0 && placed.length === entries.length;
}

/** Each field's element has its name as id. */
function byPlaceInPage(one: string, other: string) {
  const [first, second] = [document.getElementById(one), document.getElementById(other)];
  if (!first || !second) return 0;
  const position = first.compareDocumentPosition(second);
  return position & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

type Fault = Pick<FieldError, 'type' | 'message'>;

/** Words for what is wrong with a field; `words` is the resource's part of the messages (docs/resources/forms.md). */
export function useFaultWords(fields: Fields = {}, words?: string) {
  const t = useTranslations('errors');
  const { find } = useWordsByKey();
  const limitWords = useLimitWords();
  const english = pickLocale(useLocale()) === 'en';
  const own = words ? `${words}.errors` : 'errors.fields';
  /** What a value of the kind looks like. The API's own reasons go beyond that, and are in English. */
  const shapeWords = ({ kind, message }: FieldRule) =>
    (english && message) || find(`errors.kinds.${kind}`);

  return (field: string, { type, message = '' }: Fault): string => {
    const rule = fields[field];
    const code = plainCode(type);
    const ownWords = find(`${own}.${field}.${code}`);
    if (code === 'required' && rule?.choices && ownWords === undefined) return t('invalid_choice');
    const said = english ? message : '';
    return (
      ownWords ||
      (rule && code === 'invalid' && !said && shapeWords(rule)) ||
      (rule && limitWords(rule, type)) ||
      said ||
      find(`errors.${code}`) ||
      message ||
      t('invalid')
    );
  };
}

export function useFieldErrorText<T extends FieldValues>(
  errors: FieldErrors<T>,
  fields?: Fields,
  words?: string,
) {
  const faultWords = useFaultWords(fields, words);
  return (field: Path<T>): string | undefined => {
    const error: unknown = errors[field];
    return isFault(error) ? faultWords(field, error) : undefined;
  };
}

function isFault(error: unknown): error is Fault {
  return typeof error === 'object' && error !== null && 'type' in error;
}

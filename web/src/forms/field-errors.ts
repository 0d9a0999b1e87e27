import { useLocale, useTranslations } from 'next-intl';
import type { FieldRule, Fields } from '@/api/field';
import { pickLocale } from '@/i18n/locales';
import { useWordsByKey } from '@/i18n/use-words-by-key';
import { plainCode } from './element-code';
import type { Fault, Faults } from './faults';
import { useLimitWords } from './limit-words';

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

/** The words for the errors of a form, by field. */
export function useFieldErrorText(faults: Faults, fields?: Fields, words?: string) {
  const faultWords = useFaultWords(fields, words);
  return (field: string): string | undefined => {
    const fault = faults[field];
    return fault && faultWords(field, fault);
  };
}

'use client';

import { useWordsByKey } from '@/i18n/use-words-by-key';

/**
 * The words of a resource for the kit: its own where its messages have them, else what can be said of any.
 * `fields.city` names a field, `columns.city` its column where that is shorter, `choices.sex.male` a value.
 */
export function useWords({ name }: { name: string }) {
  const words = useWordsByKey();
  type Values = Parameters<typeof words.say>[1];
  const own = (key: string, values?: Values) => words.find(`${name}.${key}`, values);
  const find = (key: string, values?: Values) =>
    own(key, values) ?? words.find(`resource.${key}`, values);
  const say = (key: string, values?: Values) =>
    own(key, values) ?? words.say(`resource.${key}`, values);

  return Object.assign(say, {
    ofColumn: (field: string) => own(`columns.${field}`) ?? say(`fields.${field}`),
    /** A filter that is not set. */
    ofAny: (filter: string) => find(`choices.${filter}.any`) ?? say('all'),
    /** A choice in words; any other value as it is. */
    ofValue: (field: string, value: string | boolean) =>
      find(`choices.${field}.${value}`) ??
      (typeof value === 'string' ? value : say(value ? 'yes' : 'no')),
  });
}

export type Words = ReturnType<typeof useWords>;

'use client';

import { useTranslations } from 'next-intl';

/**
 * The words of a resource for the kit: its own where its messages have them, else what can be said of any.
 * `fields.city` names a field, `columns.city` its column where that is shorter, `choices.sex.male` a value.
 */
export function useWords({ name }: { name: string }) {
  const own = useTranslations(name);
  const general = useTranslations('resource');
  const say = (key: string, values?: Record<string, string | number>) =>
    own.has(key) ? own(key, values) : general(key, values);

  const knows = (key: string) => own.has(key) || general.has(key);

  return Object.assign(say, {
    ofColumn: (field: string) =>
      own.has(`columns.${field}`) ? own(`columns.${field}`) : say(`fields.${field}`),
    /** A filter that is not set. */
    ofAny: (filter: string) => {
      const key = `choices.${filter}.any`;
      return say(knows(key) ? key : 'all');
    },
    /** A choice in words; any other value as it is. */
    ofValue: (field: string, value: string | boolean) => {
      const key = `choices.${field}.${value}`;
      if (knows(key)) return say(key);
      return typeof value === 'string' ? value : say(value ? 'yes' : 'no');
    },
  });
}

export type Words = ReturnType<typeof useWords>;

import { useTranslations, type MessageKeys, type Messages, type NestedKeyOf } from 'next-intl';

type MessageKey = MessageKeys<Messages, NestedKeyOf<Messages>>;
type Values = Record<string, string | number>;

/**
 * Words by keys that are put together while the app runs, of the name of a resource or a code of the API. A key that
 * stands in the code goes to `useTranslations`, which does not compile where no message has it.
 */
export function useWordsByKey() {
  const t = useTranslations();
  const messages: { has(key: string): boolean } = t;
  const isKey = (key: string): key is MessageKey => messages.has(key);

  /** Undefined where no message has the key. */
  const find = (key: string, values?: Values) => (isKey(key) ? t(key, values) : undefined);
  /** What there must be. */
  const say = (key: string, values?: Values) => find(key, values) ?? missing(key);
  return { find, say };
}

function missing(key: string) {
  console.error(`no message is called ${key}`);
  return key;
}

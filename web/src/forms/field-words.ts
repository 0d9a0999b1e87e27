import { useWordsByKey } from '@/i18n/use-words-by-key';

/** The words of a resource's fields, from its part of the messages. */
export function useFieldWords(words: string) {
  const { find, say } = useWordsByKey();
  return {
    label: (field: string) => say(`${words}.fields.${field}`),
    hint: (field: string) => find(`${words}.hints.${field}`),
    choice: (field: string, value: string) => say(`${words}.choices.${field}.${value}`),
  };
}

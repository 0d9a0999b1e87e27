import { useTranslations } from 'next-intl';

/** The words of a resource's fields, from its part of the messages. */
export function useFieldWords(words: string) {
  const t = useTranslations(words);
  const hint = (field: string) => (t.has(`hints.${field}`) ? t(`hints.${field}`) : undefined);
  return {
    label: (field: string) => t(`fields.${field}`),
    hint,
    choice: (field: string, value: string) => t(`choices.${field}.${value}`),
  };
}

import { useLocale, useTranslations } from 'next-intl';
import type { FieldRule } from '@/api/field';
import { useWordsByKey } from '@/i18n/use-words-by-key';
import { formatPaise } from '@/lib/money';
import { secondsOf } from './durations';
import { isOfElement, plainCode } from './element-code';

/** What is said of a rule with a limit that a value breaks, by the API's code; undefined where it has none. */
export function useLimitWords() {
  const t = useTranslations('errors');
  const { find, say } = useWordsByKey();
  const locale = useLocale();

  const counted = (limit: number) => limit.toLocaleString(locale);
  /** A limit of the values themselves. */
  const written = ({ kind }: FieldRule, limit: number | string) => {
    if (kind === 'money') return formatPaise(Number(limit));
    if (kind === 'duration') {
      const seconds = secondsOf(String(limit)) ?? 0;
      return seconds % 60
        ? t('seconds', { count: seconds })
        : t('minutes', { count: seconds / 60 });
    }
    if (kind === 'date') {
      return new Date(`${limit}T00:00:00Z`).toLocaleDateString(locale, {
        dateStyle: 'long',
        timeZone: 'UTC',
      });
    }
    return typeof limit === 'number' ? counted(limit) : limit.replace(/(:\d\d):00$/, '$1');
  };

  return (rule: FieldRule, type: string): string | undefined => {
    const code = plainCode(type);
    const items = isOfElement(type) ? undefined : ITEMS[code]?.(rule);
    if (items !== undefined) return say(`errors.items.${code}`, { count: items });
    const limit = LIMITS[code]?.(rule);
    if (limit === undefined) return undefined;
    const words = {
      limit: code.endsWith('_value') ? written(rule, limit) : counted(Number(limit)),
    };
    // Of days and times one says neither more nor less.
    return find(`errors.limits.${code}_${rule.kind}`, words) ?? say(`errors.limits.${code}`, words);
  };
}

type LimitOf<T> = Partial<Record<string, (rule: FieldRule) => T | undefined>>;

/** Of a list as a whole. */
const ITEMS: LimitOf<number> = {
  max_length: ({ maxItems }) => maxItems,
  min_length: ({ minItems }) => minItems,
};

const LIMITS: LimitOf<number | string> = {
  max_length: ({ maxLength }) => maxLength,
  min_length: ({ minLength }) => minLength,
  max_value: ({ max }) => max,
  min_value: ({ min }) => min,
  max_digits: ({ maxDigits }) => maxDigits,
  max_decimal_places: ({ kind, decimalPlaces }) => (kind === 'money' ? 2 : decimalPlaces),
  max_whole_digits: ({ maxDigits, decimalPlaces = 0 }) => maxDigits && maxDigits - decimalPlaces,
};

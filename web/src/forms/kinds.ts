import type { FieldKind, FieldRule } from '@/api/field';
import { e164, phoneForInput } from '@/lib/phone';
import { momentOf, wallTime } from '@/lib/zoned-time';
import { durationOf, minutesText, secondsOf, secondsTyped } from './durations';
import { ungrouped } from './pattern';

export type Json = string | number | boolean | null | Json[];
/** What a typed text says, or the API's code of what is wrong with it. */
export type Read = { value: Json } | { code: string };

interface Kind {
  /** A value of the API as it is typed. */
  show: (value: unknown, zone: string) => string;
  /** What is typed, which is not empty, as a value of the API. */
  read: (text: string, rule: FieldRule, zone: string) => Read;
}

/** What of a typed text counts: blanks around it are nobody's meaning, but in a password. */
export const meant = ({ kind }: FieldRule, typed: string) =>
  kind === 'password' ? typed : typed.trim();

const INVALID: Read = { code: 'invalid' };
const orInvalid = (value: Json): Read => (value === null ? INVALID : { value });

const text: Kind = {
  show: (value) => (typeof value === 'string' ? value : ''),
  read: (typed, { pattern }) => ({ value: pattern ? ungrouped(pattern, typed) : typed }),
};

const number: Kind = {
  show: (value) => (typeof value === 'number' ? String(value) : ''),
  read: (typed) => orInvalid(integerOf(typed)),
};

/** One a line; of a choice, what is chosen. */
const list = (one: Kind): Kind => ({
  show: (value, zone) =>
    Array.isArray(value) ? value.map((element: unknown) => one.show(element, zone)).join('\n') : '',
  read: (typed, rule, zone) => {
    const value: Json[] = [];
    for (const line of typed.split('\n').map((part) => part.trim())) {
      if (line === '') continue;
      const element = one.read(line, rule, zone);
      if ('code' in element) return element;
      value.push(element.value);
    }
    return { value };
  },
});

export const KINDS: Record<FieldKind, Kind> = {
  text,
  multiline: text,
  email: text,
  password: text,
  url: text,
  slug: text,
  ip: text,
  uuid: text,
  choice: text,
  integer: number,
  texts: list(text),
  integers: list(number),
  phone: {
    show: (value) => phoneForInput(typeof value === 'string' ? value : null),
    read: (typed) => orInvalid(e164(typed)),
  },
  decimal: {
    show: (value) => number.show(value, '') || text.show(value, ''),
    read: readDecimal,
  },
  // Typed in rupees, kept in paise.
  money: {
    show: (value) => (typeof value === 'number' ? rupees(value) : ''),
    read: (typed) => {
      const read = readDecimal(typed.replace(/^(-?)₹\s*/, '$1'), {
        kind: 'money',
        maxDigits: 15,
        decimalPlaces: 2,
      });
      return 'code' in read ? read : { value: Math.round(Number(read.value) * 100) };
    },
  },
  boolean: {
    show: (value) => (typeof value === 'boolean' ? String(value) : ''),
    read: (typed) => ({ value: typed === 'true' }),
  },
  date: { show: text.show, read: (typed) => orInvalid(dayOf(typed)) },
  time: {
    // Seconds are shown where there are some.
    show: (value) => text.show(value, '').replace(/(:\d\d):00(?:\.0*)?$/, '$1'),
    read: (typed) =>
      /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(typed) ? { value: typed } : INVALID,
  },
  timestamp: {
    show: (value, zone) => (typeof value === 'string' ? wallTime(value, zone) : ''),
    read: (typed, _rule, zone) => orInvalid(momentOf(typed, zone)),
  },
  // Typed in minutes.
  duration: {
    show: (value) => {
      const seconds = typeof value === 'string' ? secondsOf(value) : null;
      return seconds === null ? '' : minutesText(seconds);
    },
    read: (typed) => {
      const seconds = secondsTyped(typed);
      return seconds === null ? INVALID : { value: durationOf(seconds) };
    },
  },
};

function integerOf(typed: string) {
  const value = Number(typed);
  return /^[-+]?\d+$/.test(typed) && Number.isSafeInteger(value) ? value : null;
}

function dayOf(typed: string) {
  const day = new Date(`${typed}T00:00:00Z`);
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(typed);
  return /^\d{4}-\d\d-\d\d$/.test(typed) && exists ? typed : null;
}

/** Commas may group the digits. Counted as the API counts them, with its codes. */
function readDecimal(typed: string, { maxDigits = 18, decimalPlaces = 0 }: FieldRule): Read {
  const plain = typed.replace(/(?<=\d),(?=\d)/g, '');
  const [, whole = '', fraction = ''] = /^[-+]?0*(\d*)(?:\.(\d*))?$/.exec(plain) ?? [];
  if (!/^[-+]?\d*\.?\d*$/.test(plain) || !/\d/.test(plain)) return INVALID;
  if (whole.length + fraction.length > maxDigits) return { code: 'max_digits' };
  if (fraction.length > decimalPlaces) return { code: 'max_decimal_places' };
  if (whole.length + decimalPlaces > maxDigits) return { code: 'max_whole_digits' };
  return { value: plain };
}

function rupees(paise: number) {
  return (paise / 100).toFixed(paise % 100 === 0 ? 0 : 2);
}

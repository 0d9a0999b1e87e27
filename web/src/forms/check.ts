import type { FieldKind, FieldRule, Fields } from '@/api/field';
import { secondsOf } from './durations';
import { ofElement } from './element-code';
import { KINDS, meant, type Json } from './kinds';
import { matches } from './pattern';
import type { Values } from './values';

export interface Checking {
  /** The clinic's, which times without a zone are in. */
  zone: string;
  /** An object that is made has its defaults where nothing is said. */
  creating: boolean;
}

/** What can be said without asking the API, in its codes. A field that the values do not have is not checked. */
export function faultsOf(fields: Fields, values: Values, checking: Checking) {
  const faults: Record<string, string> = {};
  for (const [name, rule] of Object.entries(fields)) {
    const typed = values[name];
    const code = typed === undefined ? undefined : faultOf(rule, typed, checking);
    if (code) faults[name] = code;
  }
  return faults;
}

export function faultOf(rule: FieldRule, typed: string, { zone, creating }: Checking) {
  const text = meant(rule, typed);
  if (text === '') {
    if (rule.required) return 'required';
    if (rule.kind === 'texts' || rule.kind === 'integers') return sizeFault(rule, []);
    return rule.nullable || creating ? undefined : 'null';
  }
  const read = KINDS[rule.kind].read(text, rule, zone);
  if ('code' in read) return read.code;
  if (!Array.isArray(read.value)) return valueFault(rule, read.value);
  const ofElements = read.value.map((element) => valueFault(rule, element));
  const wrong = ofElements.find((code) => code !== undefined);
  return sizeFault(rule, read.value) ?? (wrong && ofElement(wrong));
}

function sizeFault({ nullable, minItems = 0, maxItems = Infinity }: FieldRule, elements: Json[]) {
  if (elements.length === 0 && nullable) return undefined;
  if (elements.length < minItems) return 'min_length';
  return elements.length > maxItems ? 'max_length' : undefined;
}

function valueFault(rule: FieldRule, value: Json) {
  if (rule.choices)
    return rule.choices.some((choice) => choice === value) ? undefined : 'invalid_choice';
  if (typeof value === 'string' && IS_TEXT.has(rule.kind)) return textFault(rule, value);
  const at = place(rule.kind, value);
  if (rule.min !== undefined && at < place(rule.kind, rule.min)) return 'min_value';
  if (rule.max !== undefined && at > place(rule.kind, rule.max)) return 'max_value';
  return undefined;
}

const IS_TEXT = new Set<FieldKind>([
  'text',
  'multiline',
  'email',
  'password',
  'phone',
  'url',
  'slug',
  'ip',
  'uuid',
  'texts',
]);

/** In the order in which the API looks. Lengths are in characters, not in halves of them. */
function textFault(
  { kind, minLength = 0, maxLength = Infinity, pattern }: FieldRule,
  text: string,
) {
  const control = kind === 'multiline' ? /[^\P{Cc}\n\r\t]/u : /\p{Cc}/u;
  if (kind !== 'password' && control.test(text)) return 'invalid';
  const length = [...text].length;
  if (length > maxLength) return 'max_length';
  if (length < minLength) return 'min_length';
  if (FORMATS[kind]?.test(text) === false) return 'invalid';
  return pattern && !matches(pattern, text) ? 'invalid' : undefined;
}

/** Less strict than the API's own: what it refuses beyond them it says itself. */
const FORMATS: Partial<Record<FieldKind, RegExp>> = {
  email: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/,
  url: /^https?:\/\/[^\s/?#]+([/?#]\S*)?$/i,
  slug: /^[-\w]+$/,
  ip: /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.]*)$/i,
  uuid: /^[\da-f]{8}-?([\da-f]{4}-?){3}[\da-f]{12}$/i,
};

/** Where a value stands in its range. */
function place(kind: FieldKind, value: Json): number {
  if (kind === 'date' || kind === 'timestamp') return Date.parse(String(value));
  if (kind === 'time') return Date.parse(`1970-01-01T${String(value)}Z`);
  if (kind === 'duration') return secondsOf(String(value)) ?? NaN;
  return Number(value);
}

import type { BodyOf, ChangesOf, FieldRule, Fields } from '@/api/field';
import { KINDS, type Json } from './kinds';

/** A form as it is typed: text everywhere, empty for nothing. It may have values that are no fields of the API. */
export type Values = Record<string, string>;

/** An empty form; what has a default starts with it. */
export function emptyTexts(fields: Fields, zone: string): Values {
  return texts(fields, (_name, { kind, initial }) =>
    kind === 'boolean' ? String(initial ?? false) : KINDS[kind].show(initial, zone),
  );
}

export function textsOf(fields: Fields, object: object, zone: string): Values {
  return texts(fields, (name, { kind }) => {
    const value: unknown = Reflect.get(object, name);
    return KINDS[kind].show(value, zone);
  });
}

function texts(fields: Fields, textOf: (name: string, rule: FieldRule) => string): Values {
  return Object.fromEntries(
    Object.entries(fields).map(([name, rule]) => [name, textOf(name, rule)]),
  );
}

/** The names of what is typed differently in one than in the other. */
export function differing(before: Values, now: Values): string[] {
  return Object.keys(now).filter((name) => (now[name] ?? '') !== (before[name] ?? ''));
}

/**
 * What the API is told of values that have been checked: an emptied field is null; one that cannot be null is left
 * out, and so has its default. A field that the values do not have is not spoken of.
 */
export function bodyOf<F extends Fields>(fields: F, values: Values, zone: string): BodyOf<F>;
export function bodyOf(fields: Fields, values: Values, zone: string): Record<string, Json> {
  const body: Record<string, Json> = {};
  for (const [name, rule] of Object.entries(fields)) {
    const typed = values[name];
    const value = typed === undefined ? undefined : valueOf(rule, typed.trim(), zone);
    if (value !== undefined) body[name] = value;
  }
  return body;
}

/** Only what differs from what the form started with: fields that nobody touched cannot collide. */
export function changesBetween<F extends Fields>(
  fields: F,
  base: Values,
  now: Values,
  zone: string,
): ChangesOf<F>;
export function changesBetween(fields: Fields, base: Values, now: Values, zone: string) {
  const before: Record<string, unknown> = bodyOf(fields, base, zone);
  const after: Record<string, unknown> = bodyOf(fields, now, zone);
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) =>
        !fields[name]?.createOnly && JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}

function valueOf(rule: FieldRule, text: string, zone: string): Json | undefined {
  if (text === '') {
    if (rule.nullable) return null;
    return rule.kind === 'texts' || rule.kind === 'integers' ? [] : undefined;
  }
  const read = KINDS[rule.kind].read(text, rule, zone);
  return 'code' in read ? undefined : read.value;
}

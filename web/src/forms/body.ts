import type { BodyOf, ChangesOf, FieldRule, Fields } from '@/api/field';
import { KINDS, meant, type Json } from './kinds';
import type { Values } from './values';

/**
 * What the API is told of values that have been checked: an emptied field is null; one that cannot be null is left
 * out, and so has its default. A field that the values do not have is not spoken of.
 */
export function bodyOf<F extends Fields>(fields: F, values: Values, zone: string): BodyOf<F>;
export function bodyOf(fields: Fields, values: Values, zone: string): Record<string, Json> {
  const body: Record<string, Json> = {};
  for (const [name, rule] of Object.entries(fields)) {
    const typed = values[name];
    const value = typed === undefined ? undefined : valueOf(rule, meant(rule, typed), zone);
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

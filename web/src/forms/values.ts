import type { FieldRule, Fields } from '@/api/field';
import { KINDS } from './kinds';

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

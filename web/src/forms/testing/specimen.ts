import type { Fields } from '@/api/field';

/** The rules of a resource with a field of every kind, as they are made from openapi.json. */
export const specimenFields = {
  name: { kind: 'text', required: true, minLength: 2, maxLength: 10 },
  remark: { kind: 'multiline', nullable: true, maxLength: 500 },
  code: {
    kind: 'text',
    nullable: true,
    pattern: '^[A-Z]{2}[0-9]{2}$',
    message: 'Two letters, two digits.',
  },
  email: { kind: 'email', nullable: true, maxLength: 254 },
  phone: { kind: 'phone', nullable: true },
  website: { kind: 'url', nullable: true },
  slug: { kind: 'slug', nullable: true, createOnly: true },
  address: { kind: 'ip', nullable: true },
  batch: { kind: 'uuid', nullable: true },
  place: { kind: 'integer', nullable: true, min: 1, max: 100 },
  weight: { kind: 'decimal', nullable: true, min: 0.5, max: 10000, maxDigits: 9, decimalPlaces: 2 },
  price: { kind: 'money', min: 0, max: 500000, initial: 9950 },
  polished: { kind: 'boolean', initial: true },
  found_on: { kind: 'date', nullable: true, min: '2000-01-01', max: '2099-12-31' },
  opens: { kind: 'time', nullable: true, min: '08:00:00', max: '20:00:00' },
  seen_at: { kind: 'timestamp', nullable: true },
  length: { kind: 'duration', min: 'PT5M0S', max: 'P1D', initial: 'PT30M0S' },
  colour: { kind: 'choice', required: true, choices: ['red', 'green', 'blue'] },
  shade: { kind: 'choice', nullable: true, choices: ['light', 'dark'] },
  names: { kind: 'texts', maxLength: 10, minItems: 1, maxItems: 2 },
  marks: { kind: 'integers', nullable: true, min: -5, max: 5, minItems: 2, maxItems: 4 },
  finishes: { kind: 'texts', choices: ['matt', 'gloss'] },
} as const satisfies Fields;

export type SpecimenName = keyof typeof specimenFields;

/** Its part of the messages: every field is called by its name, with a capital. */
export const specimenWords = {
  specimens: {
    fields: Object.fromEntries(Object.keys(specimenFields).map((name) => [name, capital(name)])),
    hints: { price: 'Without tax.' },
    choices: {
      colour: { red: 'Red', green: 'Green', blue: 'Blue' },
      shade: { light: 'Light', dark: 'Dark' },
      finishes: { matt: 'Matt', gloss: 'Gloss' },
    },
  },
};

export function capital(name: string) {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** @jest-environment node */
import { fieldRules } from '../../scripts/support/field-rules.mjs';

const text = { type: 'string', minLength: 1 };
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const body = (name: string) => ({
  post: { requestBody: { content: { 'application/json': { schema: reference(name) } } } },
});

/** As the API writes a resource with a field of every type. */
const properties = {
  name: { ...text, minLength: 2, maxLength: 80 },
  remark: { ...text, type: ['string', 'null'], 'x-form': { kind: 'multiline' } },
  code: { ...text, pattern: '^[A-Z]$', 'x-form': { message: 'A letter.' } },
  email: { ...text, format: 'email', maxLength: 254 },
  phone: { ...text, format: 'phone' },
  website: { ...text, format: 'uri' },
  slug: { ...text, pattern: '^[-a-zA-Z0-9_]+$', 'x-form': { kind: 'slug' } },
  batch: { type: 'string', format: 'uuid' },
  place: { type: ['integer', 'null'], minimum: 1, maximum: 100 },
  weight: {
    type: ['string', 'number'],
    pattern: '^.*$',
    minimum: 0.5,
    'x-form': { kind: 'decimal', max_digits: 9, decimal_places: 2 },
  },
  price: { type: 'integer', minimum: 0, 'x-form': { kind: 'money' }, default: 100 },
  active: { type: 'boolean', default: true },
  found_on: { type: 'string', format: 'date', 'x-form': { minimum: '2000-01-01' } },
  opens: { type: 'string', format: 'time-local', pattern: '^.*$' },
  seen_at: { type: 'string', format: 'date-time' },
  length: { type: 'string', format: 'duration', default: 'PT30M0S' },
  colour: reference('ThingColour'),
  shade: { anyOf: [reference('ThingColour'), { type: 'null' }] },
  names: { type: 'array', items: { ...text, maxLength: 20 }, maxItems: 3, default: [] },
  marks: { type: ['array', 'null'], items: { type: 'integer', minimum: -5 }, minItems: 1 },
  settings: { allOf: [{ type: 'object' }] },
  picture: { anyOf: [{ type: 'string', format: 'uuid' }, reference('File'), { type: 'null' }] },
};
const { slug, ...changeable } = properties;
const document = {
  paths: {
    '/api/v1/auth/login': body('LoginRequest'),
    '/api/v1/auth/refresh': body('RefreshRequest'),
    '/api/v1/things': body('ThingCreate'),
    '/api/v1/things/{id}/move': body('ThingMove'),
    '/api/v1/things/{id}/restore': body('EmptyRequest'),
  },
  components: {
    schemas: {
      LoginRequest: {
        properties: { email: text, password: { ...text, format: 'password' } },
        required: ['email', 'password'],
      },
      RefreshRequest: { properties: { token: text } },
      EmptyRequest: {},
      Thing: {},
      ThingColour: { type: 'string', enum: ['red', 'green'] },
      ThingCreate: { properties: { ...changeable, slug }, required: ['name', 'colour'] },
      ThingUpdate: { properties: changeable, required: [] },
      ThingMove: { properties: { room: { type: 'integer' } }, required: ['room'] },
      File: {},
    },
  },
};

test('a file a resource and an action says what their forms must know, and nothing of files and JSON', () => {
  const files = fieldRules(document);
  expect([...files.keys()]).toEqual(['login.ts', 'thing.ts', 'thing-move.ts']);
  expect(files.get('thing.ts')).toMatchInlineSnapshot(`
    "// Made from openapi.json by "npm run types". Change the resource in C++, not this file.
    import type { FieldsOf } from '../field';
    import type { components } from '../schema';

    export const thingFields = {
      name: { kind: "text", minLength: 2, maxLength: 80, required: true },
      remark: { kind: "multiline", nullable: true },
      code: { kind: "text", pattern: "^[A-Z]$", message: "A letter." },
      email: { kind: "email", maxLength: 254 },
      phone: { kind: "phone" },
      website: { kind: "url" },
      batch: { kind: "uuid" },
      place: { kind: "integer", nullable: true, min: 1, max: 100 },
      weight: { kind: "decimal", min: 0.5, maxDigits: 9, decimalPlaces: 2 },
      price: { kind: "money", min: 0, initial: 100 },
      active: { kind: "boolean", initial: true },
      found_on: { kind: "date", min: "2000-01-01" },
      opens: { kind: "time" },
      seen_at: { kind: "timestamp" },
      length: { kind: "duration", initial: "PT30M0S" },
      colour: { kind: "choice", choices: ["red", "green"], required: true },
      shade: { kind: "choice", nullable: true, choices: ["red", "green"] },
      names: { kind: "texts", maxLength: 20, maxItems: 3 },
      marks: { kind: "integers", nullable: true, minItems: 1, min: -5 },
      slug: { kind: "slug", createOnly: true },
    } as const satisfies FieldsOf<components['schemas']['ThingCreate']>;
    "
  `);
});

test('what is filled in before one is signed in has its rules too', () => {
  expect(fieldRules(document).get('login.ts')).toMatchInlineSnapshot(`
    "// Made from openapi.json by "npm run types". Change the resource in C++, not this file.
    import type { FieldsOf } from '../field';
    import type { components } from '../schema';

    export const loginFields = {
      email: { kind: "text", required: true },
      password: { kind: "password", required: true },
    } as const satisfies FieldsOf<components['schemas']['LoginRequest']>;
    "
  `);
});

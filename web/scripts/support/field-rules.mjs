/**
 * What a form must know of the bodies of an OpenAPI document: a file a resource, action or form before sign-in, so that a
 * page loads that of its own. JSON Schema says most of it, `x-form` the rest (src/platform/resource/endpoints/form_hints.hpp).
 */

/** @returns {Map<string, string>} the text of each file by its name */
export function fieldRules(document) {
  const { schemas } = document.components;
  const files = new Map();
  for (const { body, name } of bodies(document)) {
    const create = schemas[body];
    const update = schemas[body.replace(/Create$/, 'Update')] ?? create;
    const rules = Object.entries(create.properties ?? {}).flatMap(([field, schema]) => {
      const rule = ruleOf(schema, schemas);
      if (!rule) return [];
      if (create.required?.includes(field)) rule.required = true;
      if (!update.properties[field]) rule.createOnly = true;
      return [[field, rule]];
    });
    if (rules.length > 0) files.set(`${kebab(name)}.ts`, moduleOf(name, body, rules));
  }
  return files;
}

/** Bodies of no resource that a person fills in all the same: who is not signed in yet. */
const BEFORE_SIGN_IN = ['LoginRequest', 'RegisterRequest'];

/** Of each resource what is created, and what its actions take; and those. */
function bodies({ paths, components }) {
  const isResource = (body) => body.endsWith('Create') && components.schemas[body.slice(0, -6)];
  const posts = Object.entries(paths).flatMap(([path, { post }]) => {
    const body = post?.requestBody?.content['application/json']?.schema.$ref?.split('/').at(-1);
    return body ? [{ path, body }] : [];
  });
  const resources = posts.filter(({ body }) => isResource(body));
  return posts
    .filter(
      ({ path, body }) =>
        BEFORE_SIGN_IN.includes(body) ||
        resources.some((resource) => path.startsWith(resource.path)),
    )
    .map(({ body }) => ({
      body,
      name: isResource(body) ? body.slice(0, -6) : body.replace(/Request$/, ''),
    }));
}

const FORMATS = {
  email: 'email',
  password: 'password',
  phone: 'phone',
  uri: 'url',
  uuid: 'uuid',
  date: 'date',
  'date-time': 'timestamp',
  'time-local': 'time',
  duration: 'duration',
};

function ruleOf(schema, schemas) {
  const { nullable, value } = withoutNull(schema, schemas);
  const items = value.items && withoutNull(value.items, schemas).value;
  const hints = schema['x-form'] ?? {};
  const kind = hints.kind ?? kindOf(value, items);
  if (!kind) return undefined;
  const text = items ?? value;
  return given({
    kind,
    nullable: nullable || undefined,
    minLength: text.minLength > 1 ? text.minLength : undefined,
    maxLength: text.maxLength,
    minItems: value.minItems,
    maxItems: value.maxItems,
    // The rules of these kinds say what their patterns say.
    pattern: kind === 'text' || kind === 'texts' ? text.pattern : undefined,
    message: hints.message,
    min: hints.minimum ?? text.minimum,
    max: hints.maximum ?? text.maximum,
    maxDigits: hints.max_digits,
    decimalPlaces: hints.decimal_places,
    choices: text.enum,
    initial: Array.isArray(schema.default) ? undefined : schema.default,
  });
}

/** A schema as what it refers to, and whether it also takes null. */
function withoutNull(schema, schemas) {
  const follow = (one) => (one.$ref ? schemas[one.$ref.split('/').at(-1)] : one);
  if (schema.anyOf) {
    const others = schema.anyOf.filter(({ type }) => type !== 'null');
    const value = others.length === 1 ? follow(others[0]) : {};
    return { nullable: others.length < schema.anyOf.length, value };
  }
  const types = [schema.type].flat();
  const value = { ...schema, type: types.find((type) => type !== 'null') };
  return { nullable: types.includes('null'), value: schema.$ref ? follow(schema) : value };
}

function kindOf(value, items) {
  if (value.type === 'array') return { string: 'texts', integer: 'integers' }[items?.type];
  if (value.type === 'integer' || value.type === 'boolean') return value.type;
  if (value.type !== 'string') return undefined;
  return value.enum ? 'choice' : (FORMATS[value.format] ?? 'text');
}

const given = (object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

const kebab = (name) => name.replace(/\B[A-Z]/g, '-$&').toLowerCase();

function moduleOf(name, body, rules) {
  const lines = rules.map(([field, rule]) => `  ${field}: ${literal(rule)},\n`);
  return `// Made from openapi.json by "npm run types". Change the resource in C++, not this file.
import type { FieldsOf } from '../field';
import type { components } from '../schema';

export const ${name[0].toLowerCase()}${name.slice(1)}Fields = {
${lines.join('')}} as const satisfies FieldsOf<components['schemas']['${body}']>;
`;
}

/** As one would write it: names without quotes. */
function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${key}: ${literal(member)}`);
  return `{ ${members.join(', ')} }`;
}

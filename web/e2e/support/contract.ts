import { readFileSync } from 'node:fs';
import type { BrowserContext, Request } from '@playwright/test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

interface Described {
  $ref?: string;
  content?: Record<string, { schema?: unknown }>;
}
interface Operation {
  operationId: string;
  responses: Record<string, Described>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Described> };
}

const PREFIX = '/api/v1/';
const file = new URL('../../openapi.json', import.meta.url);
const openapi = readDocument();
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(openapi, 'openapi.json');

// A written segment goes before a named one: /patients/duplicates is no /patients/{id}.
const paths = Object.keys(openapi.paths)
  .sort((a, b) => a.split('{').length - b.split('{').length)
  .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }));

/**
 * Holds every answer of the API that the pages of a context read against openapi.json. The function that it returns
 * waits for the checks under way and says what went against it. An answer whose body a page leaves unread never ends.
 */
export function watchContract(context: BrowserContext): () => Promise<string[]> {
  const checks: Promise<string[]>[] = [];
  const check = (request: Request) => {
    if (new URL(request.url()).pathname.startsWith(PREFIX)) checks.push(faultsOf(request));
  };
  context.on('requestfinished', check);
  return async () => {
    context.off('requestfinished', check); // nobody would wait for a check that begins now
    return (await Promise.all(checks)).flat();
  };
}

async function faultsOf(request: Request): Promise<string[]> {
  const response = request.existingResponse();
  if (!response) return [];
  const method = request.method();
  const { pathname } = new URL(request.url());
  const found = paths.find(({ pattern }) => pattern.test(pathname));
  const operation = found && openapi.paths[found.path]?.[method.toLowerCase()];
  if (!found || !operation) {
    return response.ok() ? [`OpenAPI has no operation ${method} ${pathname}, but it succeeds`] : [];
  }
  const say = (fault: string) => `${operation.operationId} ${response.status()}: ${fault}`;
  const described = resolved(operation.responses[response.status()]);
  if (!described) return [say('this status is not in OpenAPI')];

  const body = await response.text().catch(() => undefined); // the page may have gone
  if (body === undefined) return [];
  const mediaType = (response.headers()['content-type'] ?? '').split(';')[0] ?? '';
  const content = described.content ?? {};
  if ('*/*' in content) return []; // bytes of a file, which the browser gave to the page alone
  if (body === '') return Object.keys(content).length === 0 ? [] : [say('has no body')];
  const type = Object.keys(content).find((name) => name.split(';')[0] === mediaType);
  if (!type) return [say(`is ${mediaType}, which is not in OpenAPI`)];
  if (!/^application\/(problem\+)?json$/.test(mediaType)) return [];
  const validate = validatorOf(content[type]?.schema);
  if (validate(JSON.parse(body))) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    say(`${instancePath || '/'} ${message} ${JSON.stringify(params)}`),
  );
}

function readDocument(): Document {
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isDocument(document)) throw new Error(`${file.pathname} is no OpenAPI document`);
  return document;
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && 'paths' in value && 'components' in value;
}

function resolved(described: Described | undefined): Described | undefined {
  const name = described?.$ref?.split('/').pop();
  return name ? openapi.components.responses[name] : described;
}

const validators = new Map<unknown, ValidateFunction>();

function validatorOf(schema: unknown): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const text = JSON.stringify(schema).replaceAll('"#/components', '"openapi.json#/components');
  const made = ajv.compile(JSON.parse(text));
  validators.set(schema, made);
  return made;
}

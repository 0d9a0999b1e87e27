import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';

export interface Operation {
  operationId: string;
  tags: [string];
  path: string;
}

/** What is changed of what the page offers: its examples and defaults are sent as they are. */
export interface TriedRequest {
  /** Of the path, the query or the headers. */
  parameters?: Record<string, string>;
  /** Made of the example that the page offers, where it is a function. */
  body?: Record<string, unknown> | ((offered: object) => object);
  file?: Buffer;
}

const file = new URL('../../openapi.json', import.meta.url);
const openapi: unknown = JSON.parse(readFileSync(file, 'utf8'));
if (!isDocument(openapi)) throw new Error(`${file.pathname} is no OpenAPI document`);

/** Those of openapi.json, by their ids. */
export const operations: Record<string, Operation> = Object.fromEntries(
  Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => [operation.operationId, { ...operation, path }]),
  ),
);

export function operationOf(id: string): Operation {
  const operation = operations[id];
  if (!operation) throw new Error(`openapi.json has no operation ${id}`);
  return operation;
}

function objectIn(text: string): object {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error(`no object: ${text}`);
  return value;
}

interface Document {
  paths: Record<string, Record<string, Omit<Operation, 'path'>>>;
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && 'paths' in value;
}

/** The operation on the page, opened. */
async function shown(page: Page, { operationId, tags }: Operation): Promise<Locator> {
  const block = page.locator(`#operations-${tags[0]}-${operationId}`);
  const summary = block.locator('.opblock-summary-control');
  if ((await summary.getAttribute('aria-expanded')) === 'false') await summary.click();
  return block;
}

/** Fills the operation's form, presses its button, and reads what the page shows. */
export async function tryIt(
  page: Page,
  operation: Operation,
  { parameters = {}, body, file: upload }: TriedRequest,
  { leaveOpen = false } = {},
) {
  const block = await shown(page, operation);
  for (const [name, value] of Object.entries(parameters)) {
    await block.getByRole('textbox', { name, exact: true }).fill(value);
  }
  if (body) {
    const box = block.getByLabel('Request body');
    const sent = typeof body === 'function' ? body(objectIn(await box.inputValue())) : body;
    await box.fill(JSON.stringify(sent));
  }
  if (upload) {
    const picture = { name: 'pixel.png', mimeType: 'image/png', buffer: upload };
    await block.getByLabel('Request body').setInputFiles(picture);
  }
  await block.getByRole('button', { name: 'Execute' }).click();
  const answer = block.locator('.live-responses-table tbody tr').first();
  const status = (await answer.locator('.response-col_status').innerText()).trim();
  const text = await answer.innerText();
  const content = answer.locator('.highlight-code pre').first();
  const json = (await content.count()) > 0 ? await content.innerText() : undefined;
  if (!leaveOpen) await block.locator('.opblock-summary-control').click();
  return { status, text, json: json?.startsWith('{') ? json : undefined };
}

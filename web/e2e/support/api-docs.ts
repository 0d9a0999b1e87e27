import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';

export interface Operation {
  operationId: string;
  tags: [string];
}

/** What is changed of what the page offers: its examples and defaults are sent as they are. */
export interface TriedRequest {
  /** Of the path, the query or the headers. */
  parameters?: Record<string, string>;
  body?: object;
  file?: Buffer;
}

const file = new URL('../../openapi.json', import.meta.url);
const openapi: unknown = JSON.parse(readFileSync(file, 'utf8'));
if (!isDocument(openapi)) throw new Error(`${file.pathname} is no OpenAPI document`);

/** Those of openapi.json, by their ids. */
export const operations: Record<string, Operation> = Object.fromEntries(
  Object.values(openapi.paths)
    .flatMap((methods) => Object.values(methods))
    .map((operation) => [operation.operationId, operation]),
);

export function operationOf(id: string): Operation {
  const operation = operations[id];
  if (!operation) throw new Error(`openapi.json has no operation ${id}`);
  return operation;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
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
  if (body) await block.getByLabel('Request body').fill(JSON.stringify(body));
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

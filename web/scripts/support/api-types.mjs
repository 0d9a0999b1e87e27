/** All that is made from openapi.json, by path from the web folder. */
import openapiTS, { COMMENT_HEADER, astToString } from 'openapi-typescript';
import { fieldRules } from './field-rules.mjs';

export const SCHEMA = 'src/api/schema.d.ts';
export const FIELDS = 'src/api/fields';

/** @returns {Promise<Map<string, string>>} */
export async function apiTypes(document) {
  // A body may leave out what has a default. The library changes what it is given.
  const types = await openapiTS(structuredClone(document), { defaultNonNullable: false });
  const made = new Map([[SCHEMA, COMMENT_HEADER + astToString(types)]]);
  for (const [name, text] of fieldRules(document)) made.set(`${FIELDS}/${name}`, text);
  return made;
}

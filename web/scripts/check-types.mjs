/** Fails when src/api/schema.d.ts is not what openapi.json makes. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { COMMENT_HEADER, astToString } from 'openapi-typescript';

const root = path.dirname(import.meta.dirname);
// As in "npm run types": a body may leave out what has a default.
const made =
  COMMENT_HEADER +
  astToString(
    await openapiTS(pathToFileURL(path.join(root, 'openapi.json')), { defaultNonNullable: false }),
  );
const committed = await readFile(path.join(root, 'src/api/schema.d.ts'), 'utf8');

if (made.trim() !== committed.trim()) {
  console.error('src/api/schema.d.ts is not what openapi.json makes: run "npm run types".');
  process.exit(1);
}
console.log('src/api/schema.d.ts agrees with openapi.json.');

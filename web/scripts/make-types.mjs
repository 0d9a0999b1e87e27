/** Makes the types and the rules of fields from openapi.json; with --check, fails where they are not those. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { apiTypes, FIELDS } from './support/api-types.mjs';

const root = path.dirname(import.meta.dirname);
const at = (file) => path.join(root, file);

const made = await apiTypes(JSON.parse(await readFile(at('openapi.json'), 'utf8')));
const present = (await readdir(at(FIELDS))).map((name) => `${FIELDS}/${name}`);
const stale = present.filter((file) => !made.has(file));

if (process.argv.includes('--check')) {
  const wrong = [...stale];
  for (const [file, text] of made) {
    const committed = await readFile(at(file), 'utf8').catch(() => '');
    if (committed.trim() !== text.trim()) wrong.push(file);
  }
  if (wrong.length > 0) {
    console.error(`Not what openapi.json makes: ${wrong.join(', ')}. Run "npm run types".`);
    process.exit(1);
  }
  console.log(`${made.size} files agree with openapi.json.`);
} else {
  for (const file of stale) await rm(at(file));
  for (const [file, text] of made) await writeFile(at(file), text);
}

/**
 * Proves that a field which is renamed in C++ breaks the web app's build: renames one in a copy of openapi.json, makes
 * the types of that, and compiles the pages that know the field with them in place of the committed ones.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { apiTypes } from './support/api-types.mjs';

const FIELD = 'city';
const RENAMED = 'town';
const PAGES = /\/src\/(app|features)\/.*patients\//;

const root = path.dirname(import.meta.dirname);
const openapi = await readFile(path.join(root, 'openapi.json'), 'utf8');
const made = await apiTypes(JSON.parse(openapi.replaceAll(`"${FIELD}"`, `"${RENAMED}"`)));

const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const pages = fileNames.filter((file) => PAGES.test(file) && !file.includes('.test.'));

const host = ts.createCompilerHost(options);
const getSourceFile = host.getSourceFile.bind(host);
host.getSourceFile = (file, version, ...rest) => {
  const text = made.get(path.relative(root, file));
  return text ? ts.createSourceFile(file, text, version) : getSourceFile(file, version, ...rest);
};
const program = ts.createProgram(pages, { ...options, incremental: false }, host);
const faults = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => ({
  file: file && path.relative(root, file.fileName),
  text: ts.flattenDiagnosticMessageText(messageText, ' '),
}));

const others = faults.filter(({ text }) => !text.includes(FIELD) && !text.includes(RENAMED));
if (faults.length === 0 || others.length > 0) {
  console.error(
    faults.length === 0
      ? `"${FIELD}" was renamed in openapi.json, and the app still compiles.`
      : `The app does not compile for another reason than the renamed field: ${JSON.stringify(others)}`,
  );
  process.exit(1);
}
const files = [...new Set(faults.map(({ file }) => file))];
console.log(`A renamed field is found in ${files.length} files: ${files.join(', ')}.`);

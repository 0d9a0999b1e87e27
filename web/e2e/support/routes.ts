import { readdirSync } from 'node:fs';
import path from 'node:path';

const app = path.resolve(import.meta.dirname, '../../src/app');

/** Every page of the app as its folder says it, groups left out: `/patients/[id]`. */
export function pageRoutes(): string[] {
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => path.dirname(file).split(path.sep))
    .map((folders) => folders.filter((folder) => folder !== '.' && !/^\(.*\)$/.test(folder)))
    .map((folders) => `/${folders.join('/')}`)
    .sort();
}

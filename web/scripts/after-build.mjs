/**
 * After `next build`: the content security policies of the prerendered pages (their inline scripts and
 * styles by hash, as lines of an nginx map in .next/static-policies.conf), the hashes of the styles for
 * those of rendered pages (inline-styles.json beside the server, read by src/server/csp.ts), a hint to the
 * browser in the scripts of every page, the standalone server's static files, and a gzip -9 copy of each for
 * nginx's gzip_static.
 */
import { createHash } from 'node:crypto';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { contentSecurityPolicy } from '../src/server/policy.mjs';

const root = path.dirname(import.meta.dirname);
const next = path.join(root, '.next');

/** Of a script that takes a while to compile, in characters: React DOM and Next.js's router. */
const LONG = 100_000;

const COMPRESSIBLE = /\.(js|css|svg|json|txt|html|webmanifest)$/;

const styles = await inlineStyles();
await writeFile(path.join(next, 'standalone/inline-styles.json'), JSON.stringify(styles));
await writePolicies();
await hintAtCompilation();
await cp(path.join(next, 'static'), path.join(next, 'standalone/.next/static'), {
  recursive: true,
});
await cp(path.join(root, 'public'), path.join(next, 'standalone/public'), { recursive: true });
await compress(path.join(next, 'static'));

async function writePolicies() {
  const { routes } = JSON.parse(await readFile(path.join(next, 'prerender-manifest.json'), 'utf8'));
  const pages = Object.keys(routes).filter(
    (route) => routes[route].routeType === 'page' && !route.startsWith('/_'),
  );
  const lines = pages.map(async (route) => {
    const file = route === '/' ? 'index.html' : `${route}.html`;
    const html = await readFile(path.join(next, 'server/app', file), 'utf8');
    return `${route} "${policyOf(html)}";\n`;
  });
  await writeFile(path.join(next, 'static-policies.conf'), (await Promise.all(lines)).join(''));
}

/** Next.js writes the sheet of the layouts into the pages as it is (`inlineCss`); others come with the code that needs them. */
async function inlineStyles() {
  const page = await readFile(path.join(next, 'server/app/index.html'), 'utf8');
  const chunks = path.join(next, 'static/chunks');
  const files = (await readdir(chunks)).filter((file) => file.endsWith('.css')).sort();
  const sheets = await Promise.all(files.map((file) => readFile(path.join(chunks, file), 'utf8')));
  return sheets.filter((sheet) => page.includes(sheet)).map(hash);
}

/**
 * React and Next.js themselves run on every page as soon as they are there. Chromium compiles a file with this first line
 * while it comes in, beside the page, and not function by function when each is called, which held up a slow phone for a
 * tenth of a second (https://v8.dev/blog/explicit-compile-hints). To other browsers it is a comment.
 */
async function hintAtCompilation() {
  const manifest = JSON.parse(await readFile(path.join(next, 'build-manifest.json'), 'utf8'));
  for (const name of manifest.rootMainFiles) {
    const file = path.join(next, name);
    const script = await readFile(file, 'utf8');
    if (script.length > LONG) await writeFile(file, `//# allFunctionsCalledOnLoad\n${script}`);
  }
}

function policyOf(html) {
  const scripts = new Set();
  for (const [, attributes, script] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
    if (!/\bsrc=/.test(attributes)) scripts.add(hash(script));
  }
  return contentSecurityPolicy({
    scripts: [`'self'`, ...scripts].join(' '),
    styles: [`'self'`, ...styles].join(' '),
  });
}

function hash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

async function compress(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }));
  }
}

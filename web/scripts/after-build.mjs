/**
 * After `next build`: the Content-Security-Policy of the static pages (their inline scripts by hash, as
 * an nginx line in .next/landing-csp.conf), the standalone server's static files beside it, and a
 * gzip -9 copy of each for nginx's gzip_static.
 */
import { createHash } from 'node:crypto';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const root = path.dirname(import.meta.dirname);
const next = path.join(root, '.next');

/** The pages that are prerendered and so have no nonce. */
const STATIC_PAGES = ['index.html'];
const COMPRESSIBLE = /\.(js|css|svg|json|txt|html|webmanifest)$/;

await writeLandingPolicy();
await cp(path.join(next, 'static'), path.join(next, 'standalone/.next/static'), {
  recursive: true,
});
await cp(path.join(root, 'public'), path.join(next, 'standalone/public'), { recursive: true });
await compress(path.join(next, 'static'));

async function writeLandingPolicy() {
  const hashes = new Set();
  for (const page of STATIC_PAGES) {
    const html = await readFile(path.join(next, 'server/app', page), 'utf8');
    for (const [, attributes, script] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
      if (/\bsrc=/.test(attributes)) continue;
      hashes.add(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    }
  }
  const policy = [
    `default-src 'none'`,
    `script-src 'self' ${[...hashes].join(' ')}`,
    `style-src-elem 'self'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `object-src 'none'`,
  ].join('; ');
  await writeFile(
    path.join(next, 'landing-csp.conf'),
    `add_header Content-Security-Policy "${policy}" always;\n`,
  );
}

async function compress(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }));
  }
}

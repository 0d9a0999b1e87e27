import { readFileSync } from 'node:fs';
import path from 'node:path';
import { contentSecurityPolicy } from './policy.mjs';

/** The policy of a rendered page. In development Next.js evaluates code and injects styles. */
export function pagePolicy(nonce: string, development = process.env.NODE_ENV === 'development') {
  const trusted = `'nonce-${nonce}' 'strict-dynamic'`;
  return contentSecurityPolicy({
    scripts: development ? `${trusted} 'unsafe-eval'` : trusted,
    styles: development
      ? `'self' 'unsafe-inline'`
      : [`'self' 'nonce-${nonce}'`, ...inlineStyles()].join(' '),
    connections: development ? `'self' ws:` : `'self'`,
  });
}

export function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
}

let styles: string[] | undefined;

/** The hashes of the page's own styles, which React writes without the nonce. Made by the build (scripts/after-build.mjs). */
function inlineStyles(): string[] {
  if (styles) return styles;
  const file = path.join(/* turbopackIgnore: true */ process.cwd(), 'inline-styles.json');
  const hashes: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(hashes)) throw new Error(`${file} is no list of hashes`);
  styles = hashes.map(String);
  return styles;
}

import { contentSecurityPolicy } from './policy.mjs';

/** The policy of a rendered page. In development Next.js evaluates code and injects styles. */
export function pagePolicy(nonce: string, development = process.env.NODE_ENV === 'development') {
  const trusted = `'nonce-${nonce}' 'strict-dynamic'`;
  return contentSecurityPolicy({
    scripts: development ? `${trusted} 'unsafe-eval'` : trusted,
    styles: development ? `'self' 'unsafe-inline'` : `'self' 'nonce-${nonce}'`,
    connections: development ? `'self' ws:` : `'self'`,
  });
}

export function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
}

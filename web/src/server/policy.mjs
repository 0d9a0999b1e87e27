/**
 * The content security policy of a page, as the header says it. Rendered pages (csp.ts) allow their
 * scripts by nonce, prerendered ones (scripts/after-build.mjs, hence no TypeScript here) by hash; both
 * the style sheet within the page by its hash.
 *
 * Inline styles stay allowed as attributes: React writes them into rendered HTML.
 *
 * @param {{ scripts: string, styles: string, connections?: string }} allowed
 * @returns {string}
 */
export function contentSecurityPolicy({ scripts, styles, connections = `'self'` }) {
  return [
    `default-src 'none'`,
    `script-src ${scripts}`,
    `style-src-elem ${styles}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src ${connections}`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `object-src 'none'`,
  ].join('; ');
}

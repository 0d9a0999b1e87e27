import { isIP } from 'node:net';

export const API_URL = process.env.API_URL ?? 'http://127.0.0.1:8080';

/** The root host with scheme and port. */
export const SITE_ORIGIN = new URL(process.env.TERRACE_ORIGIN ?? 'http://localhost:8000').origin;

const baseDomain = new URL(SITE_ORIGIN).hostname;

/** The root host names no tenant: an address, `localhost`, or the base domain itself, with any port. */
export function isRootHost(host: string): boolean {
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  return name === baseDomain || name === 'localhost' || isIP(name) !== 0;
}

const PASSED_ON = ['x-forwarded-for', 'x-request-id', 'traceparent', 'user-agent'];

/** What the API needs to know of the browser's request. Node's fetch drops a Host header, hence this one. */
export function forwardedHeaders(incoming: Headers) {
  const others = PASSED_ON.map((name) => [name, incoming.get(name)] as const);
  return {
    ...Object.fromEntries(others.filter((header): header is [string, string] => !!header[1])),
    'x-forwarded-host': incoming.get('host') ?? '',
    'x-forwarded-proto': incoming.get('x-forwarded-proto') ?? 'http',
  };
}

/** What clinics' addresses end with, or null where one host serves them all. */
export function tenantHostSuffix(): string | null {
  return process.env.TERRACE_TENANT_HOSTS === 'none' ? null : new URL(SITE_ORIGIN).host;
}

/** Where one signs in to any clinic: the root host, which may be this one. */
export function signInElsewhere(): string {
  return tenantHostSuffix() === null ? '/sign-in' : `${SITE_ORIGIN}/sign-in`;
}

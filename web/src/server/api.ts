import 'server-only';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { Answer } from '@/api/api';
import { isProblem } from '@/api/problem';
import type { Me } from '@/api/types';
import { REFRESH_COOKIE } from './cookies';
import { API_URL, forwardedHeaders, isRootHost } from './hosts';

const TIMEOUT_MS = 5_000;

/** The error of a page that cannot be rendered because the API cannot be asked. The digest survives to the browser. */
export class ApiUnavailable extends Error {
  readonly digest = 'api-unavailable';
}

/** The same for a request that the API refused, a missing permission for example. */
export class ApiRefused extends Error {
  readonly digest: string;
  constructor(
    readonly status: number,
    body: unknown,
  ) {
    const problem = isProblem(body) ? body : undefined;
    super(problem?.detail ?? 'refused');
    this.digest = `api-refused:${problem?.code ?? 'unknown'}:${problem?.request_id ?? ''}`;
  }
}

/** The types of the API's answers are openapi.json's, which the end-to-end tests hold every answer against. */
interface TypedResponse<T> extends Response {
  json: () => Promise<T>;
}

/**
 * Asks the API in the name of the person whose request is being rendered. Someone signed out is
 * sent to sign in, a refused access token to be renewed, an object out of sight to the not-found page.
 */
export async function apiGet<T>(path: string): Promise<Answer<T>> {
  const incoming = await headers();
  if (incoming.get('x-session') === 'down') throw new ApiUnavailable('session');
  const response = await call<T>(path, incoming);
  if (response.status === 401) return redirect(await renewal(incoming));
  if (response.status === 404) return notFound();
  if (response.status >= 500 || response.status === 429) {
    throw new ApiUnavailable(String(response.status));
  }
  const data = await response.json();
  if (!response.ok) throw new ApiRefused(response.status, data);
  return { data, etag: response.headers.get('etag') };
}

async function call<T>(path: string, incoming: Headers): Promise<TypedResponse<T>> {
  try {
    return await fetch(`${API_URL}/api/v1${path}`, {
      headers: {
        ...forwardedHeaders(incoming),
        accept: 'application/json',
        cookie: incoming.get('cookie') ?? '',
      },
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new ApiUnavailable(path, { cause: error });
  }
}

async function renewal(incoming: Headers) {
  const next = encodeURIComponent(incoming.get('x-path') ?? '/patients');
  const live = (await cookies()).has(REFRESH_COOKIE);
  return `${live ? '/session/renew' : '/sign-in'}?next=${next}`;
}

/** Who is signed in; layout and page share one call. */
export const getMe = cache(async () => (await apiGet<Me>('/auth/me')).data);

/** Whether nobody has the address that this page was asked for under; that is said before anybody is asked who they are. */
export const hostIsUnknown = cache(async (): Promise<boolean> => {
  const incoming = await headers();
  if (isRootHost(incoming.get('host') ?? '') || incoming.get('x-session') === 'down') return false;
  try {
    const response = await call<unknown>('/auth/me', incoming);
    if (response.status !== 404) return false;
    const body = await response.json();
    return isProblem(body) && body.code === 'unknown_host';
  } catch {
    return false;
  }
});

/** The same for pages that are for everyone: nobody is an answer too. */
export const findMe = cache(async (): Promise<Me | null> => {
  const incoming = await headers();
  if (!incoming.get('cookie')?.includes('__Host-') || incoming.get('x-session') === 'down') {
    return null;
  }
  try {
    const response = await call<Me>('/auth/me', incoming);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
});

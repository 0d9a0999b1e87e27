import { NextResponse, type NextRequest } from 'next/server';
import { ACCESS_COOKIE, mergedCookieHeader, REFRESH_COOKIE } from '@/server/cookies';
import { newNonce, pagePolicy } from '@/server/csp';
import { forwardedHeaders, isRootHost } from '@/server/hosts';
import { refreshed } from '@/server/session-refresh';

/**
 * Runs before each rendered page: keeps the session alive and gives the page its nonce. It decides
 * nothing about what a person may see: that is the API's.
 */
export async function proxy(request: NextRequest) {
  if (LANDING.includes(request.nextUrl.pathname)) return landing(request);

  const nonce = newNonce();
  const policy = pagePolicy(nonce);
  const headers = new Headers(request.headers);
  headers.delete('x-session');
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.set('x-path', pathOf(request));

  const setCookie = await keepSession(request, headers);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const line of setCookie) response.headers.append('set-cookie', line);
  return response;
}

/** In English and in Hindi. */
const LANDING = ['/', '/hi'];

/** The landing page is the root host's, and static; a clinic's own host opens on its patients. */
function landing(request: NextRequest) {
  if (isRootHost(request.headers.get('host') ?? '')) return NextResponse.next();
  const { 'x-forwarded-proto': scheme, 'x-forwarded-host': host } = forwardedHeaders(
    request.headers,
  );
  const response = NextResponse.redirect(new URL('/patients', `${scheme}://${host}`));
  response.headers.set('cache-control', 'no-store');
  return response;
}

async function keepSession(request: NextRequest, headers: Headers): Promise<string[]> {
  const refreshToken = request.cookies.get(REFRESH_COOKIE)?.value;
  const alive = request.cookies.has(ACCESS_COOKIE);
  const asked = request.nextUrl.pathname === '/session/renew';
  if (!refreshToken || (alive && !asked)) return [];

  const answer = await refreshed(request.headers, refreshToken);
  if (answer.kind === 'down') {
    headers.set('x-session', 'down');
    return [];
  }
  headers.set('cookie', mergedCookieHeader(request.headers.get('cookie') ?? '', answer.setCookie));
  return answer.setCookie;
}

function pathOf(request: NextRequest) {
  const query = new URLSearchParams(request.nextUrl.search);
  query.delete('_rsc');
  const text = query.toString();
  return request.nextUrl.pathname + (text && `?${text}`);
}

/** Everything but the API (which its reference is a page of), files, and static pages other than the landing page. */
export const config = {
  matcher: [
    '/((?!api/(?!docs$)|_next/|icons/|\\.well-known/|sw\\.js$|offline\\.|manifest\\.webmanifest$|robots\\.txt$|sitemap\\.xml$|favicon\\.ico$).*)',
  ],
};

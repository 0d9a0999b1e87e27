import { isProblem } from '@/api/problem';
import { refreshSession } from '@/api/refresh';

export interface Session {
  isSignedIn: () => boolean;
  /** Something was done to the account: who is signed in may have changed. */
  onAccountCall: () => void;
}

const ACCOUNT = '/api/v1/auth/';

/**
 * Sends what is tried with the session of this browser, which is refreshed where it has run out, as in the rest of the
 * app (api/http.ts).
 */
export async function fetchAsPerson(
  url: string,
  request: RequestInit,
  session: Session,
): Promise<Response> {
  // A redirect is an answer to look at. Most lead to another host, where no call of this page may go.
  const send = () => fetch(url, { ...request, credentials: 'same-origin', redirect: 'manual' });
  const sentAt = Date.now();
  let response = await send();
  if (session.isSignedIn() && (await isExpired(response)) && (await isRefreshed(sentAt))) {
    response = await send();
  }
  const { pathname } = new URL(url, window.location.href);
  if (response.ok && request.method !== 'GET' && pathname.startsWith(ACCOUNT)) {
    session.onAccountCall();
  }
  return response.type === 'opaqueredirect' ? redirect() : response;
}

async function isExpired(response: Response) {
  if (response.status !== 401) return false;
  const problem: unknown = await response.clone().json();
  return isProblem(problem) && problem.code === 'not_authenticated';
}

async function isRefreshed(sentAt: number) {
  try {
    await refreshSession(sentAt, async () => {
      const answer = await fetch(`${ACCOUNT}refresh`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{}',
      });
      if (!answer.ok) throw new Error(`refresh: ${answer.status}`);
    });
    return true;
  } catch {
    return false;
  }
}

/** All that a browser tells of a redirect is that there is one. The API has no other than 302. */
function redirect() {
  return new Response('A redirect, which a browser would follow.', {
    status: 302,
    headers: { 'Content-Type': 'text/plain' },
  });
}

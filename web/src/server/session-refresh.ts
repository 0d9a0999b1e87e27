import { REFRESH_COOKIE } from './cookies';
import { API_URL, forwardedHeaders } from './hosts';

export type Refreshed =
  /** New cookies, or the lines that clear dead ones; none where the API refuses to serve the clinic. */
  | { kind: 'answered'; setCookie: string[] }
  /** The API could not say: the cookies stay as they are. */
  | { kind: 'down' };

const TIMEOUT_MS = 3_000;
const KEPT_MS = 2_000;

const flights = new Map<string, Promise<Refreshed>>();

/**
 * Asks the API for a new access cookie. Parallel page loads with the same refresh cookie share one
 * call, and late ones its answer for two seconds. A failure is never kept, so that recovery is at once.
 */
export function refreshed(headers: Headers, refreshToken: string): Promise<Refreshed> {
  const key = `${headers.get('host') ?? ''} ${refreshToken}`;
  const known = flights.get(key);
  if (known) return known;
  const flight = askApi(headers, refreshToken).catch((): Refreshed => ({ kind: 'down' }));
  flights.set(key, flight);
  void flight.then(({ kind }) => {
    if (kind === 'down') flights.delete(key);
    else setTimeout(() => flights.delete(key), KEPT_MS).unref();
  });
  return flight;
}

async function askApi(headers: Headers, refreshToken: string): Promise<Refreshed> {
  const forwarded = forwardedHeaders(headers);
  const response = await fetch(`${API_URL}/api/v1/auth/refresh`, {
    method: 'POST',
    headers: {
      ...forwarded,
      'content-type': 'application/json',
      cookie: `${REFRESH_COOKIE}=${refreshToken}`,
      origin: `${forwarded['x-forwarded-proto']}://${forwarded['x-forwarded-host']}`,
    },
    body: '{}',
    cache: 'no-store',
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  // 403: the clinic is suspended. The cookies stay good for when it is not, and the page hears why.
  if (response.ok || response.status === 401 || response.status === 403) {
    return { kind: 'answered', setCookie: response.headers.getSetCookie() };
  }
  return { kind: 'down' };
}

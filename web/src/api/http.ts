import axios, { type AxiosError, type AxiosResponse } from 'axios';
import type { Answer, CallOptions } from './api';
import { connection } from './connection';
import {
  isProblem,
  ownProblem,
  ProblemError,
  SESSION_LOST,
  toProblemError,
  UNREACHABLE,
} from './problem';
import { refreshSession } from './refresh';
import { sessionLost } from './session-events';

declare module 'axios' {
  interface InternalAxiosRequestConfig {
    sentAt?: number;
    again?: boolean;
  }
}

const BASE = `${process.env.NEXT_PUBLIC_API_URL ?? ''}/api/v1`;
const TIMEOUT_MS = 20_000;

/** Without the interceptors: a refresh must not wait for a refresh. */
const bare = axios.create({ baseURL: BASE, timeout: TIMEOUT_MS });
const client = axios.create({ baseURL: BASE, timeout: TIMEOUT_MS });

client.interceptors.request.use((config) => {
  config.sentAt = Date.now();
  return config;
});

client.interceptors.response.use(undefined, async (error: AxiosError) => {
  const { config } = error;
  if (!config || config.again || !isExpired(error.response)) throw error;
  await refreshSession(config.sentAt ?? 0, async () => {
    await bare.post('/auth/refresh', {});
  });
  config.again = true;
  return client.request(config);
});

function isExpired(response: AxiosResponse<unknown> | undefined) {
  const body = response?.data;
  return response?.status === 401 && isProblem(body) && body.code === 'not_authenticated';
}

export async function send<T>(
  method: string,
  path: string,
  body: object | undefined,
  options: CallOptions = {},
): Promise<Answer<T>> {
  try {
    const response = await client.request<T>({
      method,
      url: path,
      data: body,
      params: options.query,
      signal: options.signal,
      headers: headersOf(options, body),
    });
    connection.report(true);
    const etag: unknown = response.headers.etag;
    return { data: response.data, etag: typeof etag === 'string' ? etag : null };
  } catch (error) {
    throw normalised(error);
  }
}

function headersOf({ idempotencyKey, ifMatch }: CallOptions, body?: object) {
  const headers: Record<string, string> = {};
  if (body instanceof Blob) headers['Content-Type'] = body.type;
  if (idempotencyKey) headers['Idempotency-Key'] = idempotencyKey;
  if (ifMatch) headers['If-Match'] = ifMatch;
  return headers;
}

function normalised(error: unknown): unknown {
  if (error instanceof ProblemError || axios.isCancel(error) || !axios.isAxiosError(error)) {
    return error;
  }
  const response = error.response;
  connection.report(response !== undefined);
  if (!response) return ownProblem(UNREACHABLE);
  if (isLostSession(error)) {
    sessionLost.emit();
    return ownProblem(SESSION_LOST, 401);
  }
  const retryAfter: unknown = response.headers['retry-after'];
  return toProblemError(
    response.status,
    response.data,
    typeof retryAfter === 'string' ? retryAfter : null,
  );
}

/** A refusal of the refresh itself, or a second refusal of a call that was refreshed for. */
function isLostSession(error: AxiosError) {
  const refused = error.response?.status === 401;
  return refused && (error.config?.url === '/auth/refresh' || isExpired(error.response));
}

import { ownProblem, UNREACHABLE } from './problem';

/**
 * The browser's way to the API. Pages import this small file only; axios comes with the first call,
 * or earlier by `warmUp()` when a person is about to make one.
 */
export type Query = Record<string, string | number | boolean | undefined>;

export interface CallOptions {
  query?: Query;
  signal?: AbortSignal;
  /** One key per thing the person means to do: a repeated send has the effect of one. */
  idempotencyKey?: string;
  /** The ETag that the change is based on. */
  ifMatch?: string;
}

export interface Answer<T> {
  data: T;
  /** The version of the object in `data`, for a later `ifMatch`. */
  etag: string | null;
}

const load = () =>
  import('./http').catch(() => {
    throw ownProblem(UNREACHABLE);
  });

export const warmUp = () => load().catch(() => undefined);

async function read<T>(path: string, options?: CallOptions): Promise<Answer<T>> {
  return (await load()).send<T>('GET', path, undefined, options);
}

async function change<T>(method: string, path: string, body?: object, options?: CallOptions) {
  return (await (await load()).send<T>(method, path, body, options)).data;
}

export const api = {
  read,
  get: async <T>(path: string, options?: CallOptions) => (await read<T>(path, options)).data,
  post: <T>(path: string, body: object, options?: CallOptions) =>
    change<T>('POST', path, body, options),
  patch: <T>(path: string, body: object, options?: CallOptions) =>
    change<T>('PATCH', path, body, options),
  /** Bytes as they are, such as a piece of a file. */
  putBytes: <T>(path: string, bytes: Blob, options?: CallOptions) =>
    change<T>('PUT', path, bytes, options),
  delete: (path: string, options?: CallOptions) =>
    change<undefined>('DELETE', path, undefined, options),
};

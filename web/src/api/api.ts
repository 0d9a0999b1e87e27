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

const load = () => import('./http');

export const warmUp = () => void load();

export const api = {
  get: async <T>(path: string, options?: CallOptions) =>
    (await load()).send<T>('GET', path, undefined, options),
  post: async <T>(path: string, body: object, options?: CallOptions) =>
    (await load()).send<T>('POST', path, body, options),
  patch: async <T>(path: string, body: object, options?: CallOptions) =>
    (await load()).send<T>('PATCH', path, body, options),
  delete: async (path: string, options?: CallOptions) =>
    (await load()).send<undefined>('DELETE', path, undefined, options),
};

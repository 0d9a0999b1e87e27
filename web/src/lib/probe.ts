const PATIENCE_MS = 3_000;

/** Asks whether a server is there; one that takes too long to say so is not. */
export function probe(path: string): Promise<Response> {
  return fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
}

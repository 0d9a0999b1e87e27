'use client';

import { useEffect } from 'react';

/** Long enough for the page to be usable first, on a slow phone too: what is fetched is also run. */
const AFTER_MS = 10_000;

/** Fetches code that is not needed yet while it can still be had: a lost connection has its own things to say. */
export function usePreload(load: () => Promise<unknown>) {
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), AFTER_MS);
    return () => clearTimeout(timer);
  }, [load]);
}

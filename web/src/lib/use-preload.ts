'use client';

import { useEffect } from 'react';

/** Long enough for the page to be usable first. */
const AFTER_MS = 3_000;

/** Fetches code that is not needed yet while it can still be had: a lost connection has its own things to say. */
export function usePreload(load: () => Promise<unknown>) {
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), AFTER_MS);
    return () => clearTimeout(timer);
  }, [load]);
}

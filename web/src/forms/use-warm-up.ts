'use client';

import { useEffect } from 'react';
import { warmUp } from '@/api/api';

/** Loads the API client, and `loadMore`, when a person first enters a field, rather than when they press Save. */
export function useWarmUp(loadMore?: () => Promise<unknown>) {
  useEffect(() => {
    const warm = () => {
      void warmUp();
      loadMore?.().catch(() => undefined);
    };
    document.addEventListener('focusin', warm, { once: true });
    return () => document.removeEventListener('focusin', warm);
  }, [loadMore]);
}

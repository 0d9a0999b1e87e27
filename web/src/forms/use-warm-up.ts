'use client';

import { useEffect } from 'react';
import { warmUp } from '@/api/api';

/** Loads the API client when a person first enters a field, rather than when they press Save. */
export function useWarmUp() {
  useEffect(() => {
    const warm = () => void warmUp();
    document.addEventListener('focusin', warm, { once: true });
    return () => document.removeEventListener('focusin', warm);
  }, []);
}

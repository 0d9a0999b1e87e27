'use client';

import { useEffect, useState } from 'react';
import { api } from '@/api/api';
import type { SlugAvailability } from '@/api/types';
import { looksLikeSlug } from './slug';

const PAUSE_MS = 300;

/**
 * Asks, once typing pauses, whether an address is free. `undefined` while there is nothing to say: not
 * yet a possible address, or the answer is on its way, or could not be had (sign-up itself decides).
 */
export function useSlugAvailability(slug: string) {
  const [answer, setAnswer] = useState<SlugAvailability>();
  const possible = looksLikeSlug(slug);

  useEffect(() => {
    if (!possible) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      api
        .get<SlugAvailability>('/auth/slug-availability', {
          query: { slug },
          signal: controller.signal,
        })
        .then(setAnswer, () => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [slug, possible]);

  const current = answer?.slug === slug && possible ? answer : undefined;
  return { answer: current, asking: possible && !current };
}

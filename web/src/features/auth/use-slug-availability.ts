'use client';

import { useEffect, useState } from 'react';
import { api } from '@/api/api';
import { ProblemError } from '@/api/problem';
import type { SlugAvailability } from '@/api/types';
import { looksLikeSlug } from './slug';

const PAUSE_MS = 300;
/** Each address is too short at first. */
const SETTLED_MS = 1_000;
const AGAIN_S = 5;

interface Said {
  slug: string;
  /** None of an address that cannot be, or while the API cannot be asked: sign-up itself decides. */
  answer?: SlugAvailability;
}

/** Says, once typing pauses, whether an address can be and is free. What could not be asked is asked again. */
export function useSlugAvailability(slug: string) {
  const [said, setSaid] = useState<Said>();
  const possible = looksLikeSlug(slug);

  useEffect(() => {
    if (!slug) return;
    const controller = new AbortController();
    const { signal } = controller;
    let timer = possible
      ? setTimeout(ask, PAUSE_MS)
      : setTimeout(() => setSaid({ slug }), SETTLED_MS);
    function ask() {
      api.get<SlugAvailability>('/auth/slug-availability', { query: { slug }, signal }).then(
        (answer) => setSaid({ slug, answer }),
        (error: unknown) => {
          if (signal.aborted) return;
          setSaid({ slug });
          timer = setTimeout(ask, 1000 * secondsToWait(error));
        },
      );
    }
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [slug, possible]);

  const current = said?.slug === slug ? said : undefined;
  return {
    answer: current?.answer,
    asking: possible && !current,
    impossible: !possible && current !== undefined,
  };
}

function secondsToWait(error: unknown) {
  return (error instanceof ProblemError && error.retryAfter) || AGAIN_S;
}

'use client';

import { useEffect, useRef } from 'react';

/** Gives an element the focus, and so scrolls to it, whenever `what` becomes something new. */
export function useFocusWhen<T extends HTMLElement>(what: unknown) {
  const element = useRef<T>(null);
  useEffect(() => {
    if (what) element.current?.focus();
  }, [what]);
  return element;
}

'use client';

import { useEffect, useRef, useState, useTransition } from 'react';

/**
 * Leads on from what was done. `leaving` until the next page is there, which may take seconds; nothing where the
 * person has gone elsewhere meanwhile. `stayed` counts the ways that ended on this very page, as when the person
 * has asked for it again.
 */
export function useLeaving() {
  const [leaving, startLeaving] = useTransition();
  const [stayed, setStayed] = useState(0);
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);

  const leave = (go: () => void) => {
    if (!here.current) return;
    startLeaving(() => {
      // Part of what the transition ends in: seen only where the form is still there then.
      setStayed((times) => times + 1);
      go();
    });
  };
  return { leaving, leave, stayed };
}

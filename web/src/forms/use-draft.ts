'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { connection } from '@/api/connection';
import { sessionLost } from '@/api/session-events';
import { useSession } from '@/session/session-provider';
import type { Values } from './values';

interface Draft {
  userId: string;
  values: Values;
  attempt: string;
}

/**
 * Keeps what was typed when the session or the connection ends, in this tab and for this person only,
 * and brings it back when the form is opened again. Signing out wipes it. `attempt` names the one thing
 * the person means to save: it comes back too, since a try whose answer was lost may have arrived.
 */
export function useDraft(place: string, form: UseFormReturn<Values>, start: Values) {
  const key = `terrace-draft:${place}`;
  const userId = useSession(({ me }) => me.user.id);
  const [restored, setRestored] = useState(false);
  const [attempt, setAttempt] = useState<string>(() => crypto.randomUUID());
  /** Saved: nothing is kept any more. */
  const over = useRef(false);
  // Read while rendering: the form keeps it up to date only for those who do.
  const { isDirty } = form.formState;

  const keep = useEffectEvent(() => {
    const draft: Draft = { userId, values: form.getValues(), attempt };
    if (isDirty && !over.current) sessionStorage.setItem(key, JSON.stringify(draft));
  });
  const restore = useEffectEvent(() => {
    const draft = parse(sessionStorage.getItem(key));
    if (draft?.userId !== userId) return;
    form.reset({ ...start, ...draft.values }, { keepDefaultValues: true });
    setAttempt(draft.attempt);
    setRestored(true);
  });

  useEffect(() => {
    // After hydration: the server's markup has empty fields.
    const timer = setTimeout(() => restore());
    const unsubscribe = [
      sessionLost.subscribe(() => keep()),
      connection.subscribe(() => !connection.isUp() && keep()),
    ];
    return () => {
      clearTimeout(timer);
      unsubscribe.forEach((stop) => stop());
    };
  }, []);

  const forget = () => {
    over.current = true;
    sessionStorage.removeItem(key);
  };
  /** What is typed from now on is another thing than before. */
  const startAnew = () => {
    over.current = false;
    sessionStorage.removeItem(key);
    setRestored(false);
    setAttempt(crypto.randomUUID());
  };
  return { restored, attempt, forget, startAnew };
}

function parse(text: string | null): Draft | null {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false;
  if (!('userId' in kept && 'attempt' in kept && 'values' in kept)) return false;
  return (
    typeof kept.userId === 'string' &&
    typeof kept.attempt === 'string' &&
    typeof kept.values === 'object' &&
    kept.values !== null &&
    Object.values(kept.values).every((value) => typeof value === 'string')
  );
}

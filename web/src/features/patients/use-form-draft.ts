'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { sessionLost } from '@/api/session-events';
import { useSession } from '@/session/session-provider';
import { EMPTY_FORM, type PatientFormValues } from './form-values';

interface Draft {
  userId: string;
  values: PatientFormValues;
}

/**
 * Keeps what was typed when the session ends, in this tab and for this person only, and brings it back
 * when the form is opened again. Signing out wipes it.
 */
export function useFormDraft(place: string, form: UseFormReturn<PatientFormValues>) {
  const key = `terrace-draft:${place}`;
  const userId = useSession(({ me }) => me.user.id);
  const [restored, setRestored] = useState(false);
  // Read while rendering: the form keeps it up to date only for those who do.
  const { isDirty } = form.formState;

  const keep = useEffectEvent(() => {
    const draft: Draft = { userId, values: form.getValues() };
    if (isDirty) sessionStorage.setItem(key, JSON.stringify(draft));
  });
  const restore = useEffectEvent(() => {
    const draft = parse(sessionStorage.getItem(key));
    if (draft?.userId !== userId) return;
    form.reset({ ...EMPTY_FORM, ...draft.values }, { keepDefaultValues: true });
    setRestored(true);
  });

  useEffect(() => {
    // After hydration: the server's markup has empty fields.
    const timer = setTimeout(() => restore());
    const unsubscribe = sessionLost.subscribe(() => keep());
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, []);

  const forget = () => {
    sessionStorage.removeItem(key);
    setRestored(false);
  };
  return { restored, forget };
}

function parse(text: string | null): Draft | null {
  try {
    return text ? (JSON.parse(text) as Draft) : null;
  } catch {
    return null;
  }
}

'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { connection } from '@/api/connection';
import { sessionLost } from '@/api/session-events';
import { pageGoing } from '@/lib/page-going';
import { useSession } from '@/session/session-provider';
import { drafts, openForms, type Typed } from './drafts';
import type { FormState } from './form-state';
import type { Values } from './values';

interface DraftOptions {
  /** The page's path, under which the draft is kept. */
  place: string;
  form: FormState;
  /** What of the form is worth keeping; nothing where nothing was typed. */
  typed: (values: Values) => Typed | undefined;
  /** What the form is opened for, if anything: a draft about something else stays away. */
  about?: string;
  /** Lays it over the form; false where that changes nothing. */
  layOver: (draft: Typed) => boolean;
}

/**
 * Keeps what was typed whenever the form may be about to go, in this tab and for this person only, and brings
 * it back when the form is opened again. Saving, giving up and signing out wipe it. `attempt` names the one thing
 * the person means to save: it comes back too, since a try whose answer was lost may have arrived.
 */
export function useDraft({ place, form, about = '', typed, layOver }: DraftOptions) {
  const userId = useSession(({ me }) => me.user.id);
  const [restored, setRestored] = useState(false);
  const [meant, setMeant] = useState(() => ({ attempt: newKey(), about }));
  const { attempt } = meant;
  /** Saved, given up or gone: nothing is kept any more. */
  const over = useRef(false);

  const keep = () => {
    if (over.current) return;
    const now = typed(form.now());
    if (now) drafts.write(place, { userId, at: Date.now(), ...meant, ...now });
    else drafts.remove(place, attempt);
  };
  /** Saved or given up. */
  const forget = () => {
    over.current = true;
    drafts.remove(place, attempt);
  };
  /** What is typed from now on is another thing than before. */
  const startAnew = () => {
    drafts.remove(place, attempt);
    over.current = false;
    setRestored(false);
    setMeant({ attempt: newKey(), about });
  };

  const restore = useEffectEvent(() => {
    drafts.sweep(userId);
    const draft = drafts.read(place);
    if (!draft || (about && about !== draft.about)) return;
    setMeant({ attempt: draft.attempt, about: draft.about });
    setRestored(layOver(draft));
  });
  const onGoing = useEffectEvent(keep);
  const isHalfFilled = useEffectEvent(() => !over.current && typed(form.now()) !== undefined);

  useEffect(() => {
    over.current = false;
    // After hydration: the server's markup has empty fields.
    const timer = setTimeout(() => restore());
    const end = () => (over.current = true);
    const unsubscribe = [
      pageGoing.subscribe(() => onGoing()),
      sessionLost.subscribe(() => onGoing()),
      connection.subscribe(() => !connection.isUp() && onGoing()),
      openForms.add({ isHalfFilled: () => isHalfFilled(), end }),
    ];
    return () => {
      onGoing();
      end();
      clearTimeout(timer);
      unsubscribe.forEach((stop) => stop());
    };
  }, []);

  return { restored, attempt, keep, forget, startAnew };
}

const newKey = (): string => crypto.randomUUID();

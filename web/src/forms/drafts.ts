import type { Values } from './values';

/** What a person has typed, and what the form showed before: of an object that is there, only what was changed. */
export interface Typed {
  start: Values;
  values: Values;
}

export interface Draft extends Typed {
  userId: string;
  at: number;
  /** Names the one thing that the person means to save. */
  attempt: string;
  /** What the form was opened for, such as what was searched for in vain. */
  about: string;
}

const PREFIX = 'terrace-draft:';
/** A working day. The API knows a key for 24 hours: a draft that outlived its key could be saved twice. */
const LONGEST_MS = 12 * 3_600_000;

/** Drafts lie in this tab alone, for the person who typed them, until the tab is closed or the day is over. */
export const drafts = {
  write: (place: string, draft: Draft) => {
    try {
      sessionStorage.setItem(PREFIX + place, JSON.stringify(draft));
    } catch {
      // There is no room, or none is given: the form itself still has what was typed.
    }
  },
  read: (place: string): Draft | null => parse(sessionStorage.getItem(PREFIX + place)),
  /** Another try's draft, which may be there by now, stays. */
  remove: (place: string, attempt: string) => {
    if (drafts.read(place)?.attempt === attempt) sessionStorage.removeItem(PREFIX + place);
  },
  /** Takes away those of other people, old ones, and what is none. */
  sweep: (userId: string) => {
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      const draft = parse(sessionStorage.getItem(key));
      const lives = draft?.userId === userId && Date.now() - draft.at < LONGEST_MS;
      if (!lives) sessionStorage.removeItem(key);
    }
  },
};

interface OpenForm {
  isHalfFilled: () => boolean;
  /** Keeps nothing any more. */
  end: () => void;
}

const open = new Set<OpenForm>();

/** The forms on this page, for those who are about to take it away. */
export const openForms = {
  add: (form: OpenForm) => {
    open.add(form);
    return () => void open.delete(form);
  },
  areHalfFilled: () => [...open].some((form) => form.isHalfFilled()),
};

/** The person signs out of a desk that others use: nothing of theirs stays, nor is kept as the page goes. */
export function forgetDrafts() {
  open.forEach((form) => form.end());
  sessionStorage.clear();
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
  if (!('userId' in kept && 'at' in kept && 'attempt' in kept && 'about' in kept)) return false;
  if (!('start' in kept && 'values' in kept)) return false;
  return (
    typeof kept.userId === 'string' &&
    typeof kept.at === 'number' &&
    typeof kept.attempt === 'string' &&
    typeof kept.about === 'string' &&
    areValues(kept.start) &&
    areValues(kept.values)
  );
}

function areValues(kept: unknown): kept is Values {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    Object.values(kept).every((value) => typeof value === 'string')
  );
}

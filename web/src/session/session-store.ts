import { createStore } from 'zustand/vanilla';
import type { Me } from '@/api/types';

export interface SessionState {
  me: Me;
  /** The API no longer knows us; what is on the screen stays until the person signs in again. */
  lost: boolean;
  setMe: (me: Me) => void;
  markLost: () => void;
}

/** One store a tree, never a module's: the server renders many people's pages at once. */
export function createSessionStore(me: Me) {
  return createStore<SessionState>()((set) => ({
    me,
    lost: false,
    setMe: (next) => set({ me: next, lost: false }),
    markLost: () => set({ lost: true }),
  }));
}

export type SessionStore = ReturnType<typeof createSessionStore>;

'use client';

import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { sessionLost } from '@/api/session-events';
import type { Me } from '@/api/types';
import { createSessionStore, type SessionState, type SessionStore } from './session-store';

const SessionContext = createContext<SessionStore | null>(null);

export function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  const [store] = useState(() => createSessionStore(me));
  useEffect(() => store.getState().setMe(me), [store, me]);
  useEffect(() => sessionLost.subscribe(() => store.getState().markLost()), [store]);
  return <SessionContext value={store}>{children}</SessionContext>;
}

export function useSession<T>(selector: (state: SessionState) => T): T {
  const store = use(SessionContext);
  if (!store) throw new Error('useSession needs a SessionProvider above it');
  return useStore(store, selector);
}

/** Whether to show a control. The API decides in any case. */
export function useCan(permission: string): boolean {
  return useSession(({ me }) => me.permissions.includes(permission));
}

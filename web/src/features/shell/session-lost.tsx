'use client';

import { lazy, Suspense } from 'react';
import { useSession } from '@/session/session-provider';

const SessionLostDialog = lazy(async () => ({
  default: (await import('./session-lost-dialog')).SessionLostDialog,
}));

export function SessionLost() {
  const lost = useSession((session) => session.lost);
  return (
    lost && (
      <Suspense>
        <SessionLostDialog />
      </Suspense>
    )
  );
}

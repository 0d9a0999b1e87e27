'use client';

import dynamic from 'next/dynamic';
import { useSession } from '@/session/session-provider';

const SessionLostDialog = dynamic(
  () => import('./session-lost-dialog').then((module) => module.SessionLostDialog),
  { ssr: false },
);

export function SessionLost() {
  const lost = useSession((session) => session.lost);
  return lost ? <SessionLostDialog /> : null;
}

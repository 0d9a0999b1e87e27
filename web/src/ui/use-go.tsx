'use client';

import { useRouter } from 'next/navigation';
import { createContext, startTransition, use, useTransition, type ReactNode } from 'react';
import { connection } from '@/api/connection';
import { ProgressLine } from './progress-line';

const Start = createContext(startTransition);

/** Shows at the top that another page is on its way, for all that leads to one from inside. */
export function Going({ children }: { children: ReactNode }) {
  const [going, start] = useTransition();
  return (
    <Start value={start}>
      <div className="pointer-events-none fixed inset-x-0 top-[3px] z-40">
        <ProgressLine active={going} />
      </div>
      {children}
    </Start>
  );
}

/** The way to another page of the app. Returns whether it is taken. */
export function useGo() {
  const router = useRouter();
  const start = use(Start);
  return (href: string) => {
    // Without a connection there is no page to go to, and this one may hold what was typed.
    const up = connection.isUp();
    if (up) start(() => router.push(href));
    return up;
  };
}

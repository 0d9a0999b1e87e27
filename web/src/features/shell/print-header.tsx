'use client';

import { useLocale } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { useSession } from '@/session/session-provider';

/** The head of a printed sheet: whose it is, and the day it was printed on. */
export function PrintHeader() {
  const { name, time_zone: timeZone } = useSession(({ me }) => me.tenant);
  const locale = useLocale();
  const day = useSyncExternalStore(
    onPrint,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(new Date()),
    () => '',
  );
  return (
    <p className="mb-4 hidden justify-between border-b border-field pb-2 text-base print:flex">
      <span className="font-semibold">{name}</span>
      <span>{day}</span>
    </p>
  );
}

/** A page may have stood open since yesterday. */
function onPrint(listener: () => void) {
  window.addEventListener('beforeprint', listener);
  return () => window.removeEventListener('beforeprint', listener);
}

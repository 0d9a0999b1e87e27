'use client';

import { useLocale } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { useSession } from '@/session/session-provider';

/** The head of a printed sheet: whose it is, and the day it was printed on. */
export function PrintHeader() {
  const { name, time_zone: timeZone } = useSession(({ me }) => me.tenant);
  const locale = useLocale();
  const printed = useSyncExternalStore(onPrint, lastPrint, lastPrint);
  return (
    <p className="mb-4 hidden justify-between border-b border-field pb-2 text-base print:flex">
      <span className="font-semibold">{name}</span>
      <span>{printed?.toLocaleDateString(locale, { dateStyle: 'long', timeZone })}</span>
    </p>
  );
}

let printedAt: Date | undefined;
const lastPrint = () => printedAt;

/** A page may have stood open since yesterday. */
function onPrint(changed: () => void) {
  const note = () => {
    printedAt = new Date();
    changed();
  };
  window.addEventListener('beforeprint', note);
  return () => window.removeEventListener('beforeprint', note);
}

'use client';

import { useWordsByKey } from '@/i18n/use-words-by-key';
import { dayOf } from '@/lib/zoned-time';
import { useSession } from './session-provider';

/** Days as the organisation's calendar has them, whatever zone the device is in. */
export function useDate() {
  const timeZone = useSession(({ me }) => me.tenant.time_zone);
  const write = useWrittenDay('short');
  return (timestamp: string) => write(dayOf(Date.parse(timestamp), timeZone));
}

/** A date of birth is a day, not a moment: no zone may move it. */
export function useDay() {
  return useWrittenDay('long');
}

/** By our own names of months: the browser's locale data may be another year's than the server's, and comes late. */
function useWrittenDay(length: 'short' | 'long') {
  const { say } = useWordsByKey();
  return (day: string) => {
    const [year, month, date] = day.split('-');
    return `${Number(date)} ${say(`calendar.${length}.${month}`)} ${year}`;
  };
}

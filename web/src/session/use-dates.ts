'use client';

import { useLocale } from 'next-intl';
import { useSession } from './session-provider';

/** Days as the organisation's calendar has them, whatever zone the device is in. */
export function useDate() {
  const locale = useLocale();
  const timeZone = useSession(({ me }) => me.tenant.time_zone);
  const format = dayFormat(locale, 'short', timeZone);
  return (timestamp: string) => format.format(new Date(timestamp));
}

/** A date of birth is a day, not a moment: no zone may move it. */
export function useDay() {
  const format = dayFormat(useLocale(), 'long', 'UTC');
  return (day: string) => format.format(new Date(`${day}T00:00:00Z`));
}

/** Formats cost far more to make than to use: a list shares one. */
const formats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(locale: string, month: 'short' | 'long', timeZone: string) {
  const key = `${locale} ${month} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month,
    year: 'numeric',
    timeZone,
  });
  formats.set(key, made);
  return made;
}

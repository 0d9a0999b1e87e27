'use client';

import { useTranslations } from 'next-intl';
import { minutesText, secondsOf } from '@/forms/durations';

/** A duration of the API, PT1H30M0S, in minutes: 90 min. */
export function useMinutes() {
  const t = useTranslations('resource');
  return (duration: string) => {
    const seconds = secondsOf(duration);
    return seconds === null ? duration : t('minutes', { minutes: minutesText(seconds) });
  };
}

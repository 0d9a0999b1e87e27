import { useLocale, useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import { useSession } from '@/session/session-provider';

/** "34 y · Female", and "about 34 y" where the date of birth is not known. */
export function usePatientWords() {
  const t = useTranslations('patients');
  const age = ({ age: years, dob_precision }: Patient) =>
    years === 0 || dob_precision === 'day'
      ? ageWords(years)
      : t('aboutAge', { age: ageWords(years) });
  const ageWords = (years: number) => (years === 0 ? t('underOne') : t('ageShort', { age: years }));
  return { age, ageAndSex: (patient: Patient) => `${age(patient)} · ${t(patient.sex)}` };
}

/** Days as the clinic's calendar has them, whatever zone the device is in. */
export function useClinicDate() {
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

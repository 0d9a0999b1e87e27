import { useFormatter, useTranslations } from 'next-intl';
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
  const format = useFormatter();
  const timeZone = useSession(({ me }) => me.tenant.time_zone);
  return (timestamp: string) =>
    format.dateTime(new Date(timestamp), {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone,
    });
}

/** A date of birth is a day, not a moment: no zone may move it. */
export function useDay() {
  const format = useFormatter();
  return (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
}

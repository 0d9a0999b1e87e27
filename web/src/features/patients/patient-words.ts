import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';

/** "34 y · Female", and "about 34 y" where the date of birth is not known. */
export function usePatientWords() {
  const t = useTranslations('patients');
  const age = ({ age: years, dob_precision }: Patient) =>
    years === 0 || dob_precision === 'day'
      ? ageWords(years)
      : t('aboutAge', { age: ageWords(years) });
  const ageWords = (years: number) => (years === 0 ? t('underOne') : t('ageShort', { age: years }));
  return {
    age,
    ageAndSex: (patient: Patient) => `${age(patient)} · ${t(`choices.sex.${patient.sex}`)}`,
  };
}

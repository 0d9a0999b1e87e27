'use client';

import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import { AppLink } from '@/ui/app-link';
import { usePatientWords } from './patient-words';

export function Household({ members }: { members: Patient[] }) {
  const t = useTranslations('patients');
  const words = usePatientWords();
  return (
    <section aria-labelledby="household">
      <h2 id="household" className="mb-2 text-lg font-semibold sm:text-base">
        {t('household')}
      </h2>
      {members.length === 0 ? (
        <p className="text-lg text-muted sm:text-base">{t('householdAlone')}</p>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
          {members.map((patient) => (
            <li key={patient.id}>
              <AppLink
                href={`/patients/${patient.id}`}
                className="block px-4 py-3 text-lg hover:bg-sunken focus-visible:-outline-offset-2 sm:text-base"
              >
                <span className="font-medium">{patient.name}</span>
                <span className="block text-base text-muted sm:text-sm">
                  {words.ageAndSex(patient)}
                  {patient.phone_relation &&
                    ` · ${t(`choices.phone_relation.${patient.phone_relation}`)}`}
                </span>
              </AppLink>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import { Badge } from '@/ui/badge';
import { Notice } from '@/ui/notice';
import { Household } from './household';
import { PatientActions } from './patient-actions';
import { PatientDetails } from './patient-details';
import { useClinicDate, usePatientWords } from './patient-words';
import { usePatientKeys } from './use-patient-keys';

interface PatientCardProps {
  patient: Patient;
  household: Patient[];
}

export function PatientCard({ patient, household }: PatientCardProps) {
  const t = useTranslations('patients');
  const words = usePatientWords();
  const date = useClinicDate();
  usePatientKeys(patient);
  const { archived_at: archivedAt } = patient;
  return (
    <article className="space-y-6">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold break-words">{patient.name}</h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-2 text-lg text-muted sm:text-base">
            <span className="tabular-nums">{t('number', { number: patient.number })}</span>
            <span aria-hidden="true">·</span>
            <span>{words.ageAndSex(patient)}</span>
            {archivedAt && <Badge label={t('archived')} />}
          </p>
        </div>
        <PatientActions patient={patient} />
      </header>
      {archivedAt && <Notice>{t('archivedOn', { date: date(archivedAt) })}</Notice>}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <PatientDetails patient={patient} />
        {patient.phone && <Household members={household} />}
      </div>
    </article>
  );
}

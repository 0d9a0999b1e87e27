'use client';

import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import { useOne } from '@/resource/data/use-one';
import { ItemActions } from '@/resource/item/item-actions';
import { useItemKeys } from '@/resource/item/use-item-keys';
import { useDate } from '@/session/use-dates';
import { Badge } from '@/ui/badge';
import { Notice } from '@/ui/notice';
import { Household } from './household';
import { PatientDetails } from './patient-details';
import { usePatientWords } from './patient-words';
import { patients } from './patients';

interface PatientCardProps {
  /** As it came with the page. */
  patient: Patient;
  household: Patient[];
}

export function PatientCard({ patient: first, household }: PatientCardProps) {
  const t = useTranslations('patients');
  const words = usePatientWords();
  const date = useDate();
  const patient = useOne(patients, first);
  useItemKeys(patients, patient);
  const { name, number, phone, archived_at: archivedAt } = patient;
  return (
    <article className="space-y-6">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold break-words">{name}</h1>
          <p className="mt-1 flex flex-wrap items-center gap-x-2 text-lg text-muted sm:text-base">
            <span className="tabular-nums">{t('number', { number })}</span>
            <span aria-hidden="true">·</span>
            <span>{words.ageAndSex(patient)}</span>
            {archivedAt && <Badge label={t('archived')} />}
          </p>
        </div>
        <ItemActions resource={patients} item={patient} name={name} />
      </header>
      {archivedAt && <Notice>{t('archivedOn', { date: date(archivedAt) })}</Notice>}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <PatientDetails patient={patient} />
        {phone && <Household members={household} />}
      </div>
    </article>
  );
}

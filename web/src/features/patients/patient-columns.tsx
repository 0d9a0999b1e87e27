'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Patient, PatientOrdering } from '@/api/types';
import { formatPhone } from '@/lib/phone';
import { AppLink } from '@/ui/app-link';
import { useClinicDate, usePatientWords } from './patient-words';

export interface Column {
  field: 'name' | 'number' | 'age' | 'phone' | 'city' | 'created_at';
  heading: 'colName' | 'colNumber' | 'colAge' | 'colPhone' | 'colCity' | 'colAdded';
  Cell: (props: { patient: Patient }) => ReactNode;
  /** Of the cell. On phones a row is a grid of two lines: name and number, then age and phone. */
  cell: string;
  /** Of the heading, where it is not plain; screens too narrow for a column hide both alike. */
  head?: string;
  /** How the column is sorted by a first press, and by the next; others are not sorted by. */
  orders?: readonly [PatientOrdering, PatientOrdering];
}

export const COLUMNS: readonly Column[] = [
  {
    field: 'name',
    heading: 'colName',
    Cell: Name,
    cell: 'col-start-1 row-start-1 min-w-0 font-medium sm:w-2/5 sm:max-w-0',
    orders: ['name', '-name'],
  },
  {
    field: 'number',
    heading: 'colNumber',
    Cell: RegisterNumber,
    cell: 'col-start-2 row-start-1 text-right text-muted tabular-nums sm:text-ink',
    head: 'text-right',
    orders: ['number', '-number'],
  },
  {
    field: 'age',
    heading: 'colAge',
    Cell: AgeAndSex,
    cell: 'col-start-1 row-start-2 text-base whitespace-nowrap text-muted sm:text-ink',
  },
  {
    field: 'phone',
    heading: 'colPhone',
    Cell: Phone,
    cell: 'col-start-2 row-start-2 text-right text-base whitespace-nowrap tabular-nums sm:text-left',
  },
  {
    field: 'city',
    heading: 'colCity',
    Cell: City,
    cell: 'max-w-40 truncate max-xl:hidden',
    head: 'max-xl:hidden',
  },
  {
    field: 'created_at',
    heading: 'colAdded',
    Cell: Added,
    cell: 'whitespace-nowrap text-muted max-lg:hidden',
    head: 'max-lg:hidden',
    orders: ['-created_at', 'created_at'],
  },
];

interface CellProps {
  patient: Patient;
}

/** The link of the row: its hit area is the whole row. */
function Name({ patient }: CellProps) {
  return (
    <AppLink
      href={`/patients/${patient.id}`}
      className="block truncate after:absolute after:inset-0 hover:underline focus-visible:outline-none focus-visible:after:rounded-control focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-brand"
    >
      {patient.name}
    </AppLink>
  );
}

function RegisterNumber({ patient }: CellProps) {
  const t = useTranslations('patients');
  return (
    <>
      <span className="text-base sm:hidden">{t('colNumber')} </span>
      {patient.number}
    </>
  );
}

function AgeAndSex({ patient }: CellProps) {
  return usePatientWords().ageAndSex(patient);
}

function Phone({ patient }: CellProps) {
  const t = useTranslations('patients');
  return patient.phone ? formatPhone(patient.phone) : <None label={t('noPhone')} />;
}

function City({ patient }: CellProps) {
  const t = useTranslations('patients');
  return patient.city ?? <None label={t('none')} />;
}

function Added({ patient }: CellProps) {
  return useClinicDate()(patient.created_at);
}

function None({ label }: { label: string }) {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

'use client';

import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import { formatPhone } from '@/lib/phone';
import { AppLink } from '@/ui/app-link';
import { useClinicDate, usePatientWords } from './patient-words';

export const features = tableFeatures({});

interface CellProps {
  row: { original: Patient };
}

const helper = createColumnHelper<typeof features, Patient>();
const Cells = { Name, RegisterNumber, AgeAndSex, Phone, City, Added };

export const columns = helper.columns([
  helper.accessor('name', { header: () => <Heading name="colName" />, cell: Cells.Name }),
  helper.accessor('number', {
    header: () => <Heading name="colNumber" />,
    cell: Cells.RegisterNumber,
  }),
  helper.accessor('age', { header: () => <Heading name="colAge" />, cell: Cells.AgeAndSex }),
  helper.accessor('phone', { header: () => <Heading name="colPhone" />, cell: Cells.Phone }),
  helper.accessor('city', { header: () => <Heading name="colCity" />, cell: Cells.City }),
  helper.accessor('created_at', { header: () => <Heading name="colAdded" />, cell: Cells.Added }),
]);

type HeadingName = 'colName' | 'colNumber' | 'colAge' | 'colPhone' | 'colCity' | 'colAdded';

function Heading({ name }: { name: HeadingName }) {
  return useTranslations('patients')(name);
}

/** The link of the row: its hit area is the whole row. */
function Name({ row }: CellProps) {
  return (
    <AppLink
      href={`/patients/${row.original.id}`}
      className="block truncate after:absolute after:inset-0 hover:underline focus-visible:outline-none focus-visible:after:rounded-control focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-brand"
    >
      {row.original.name}
    </AppLink>
  );
}

function RegisterNumber({ row }: CellProps) {
  const t = useTranslations('patients');
  return (
    <>
      <span className="text-base sm:hidden">{t('colNumber')} </span>
      {row.original.number}
    </>
  );
}

function AgeAndSex({ row }: CellProps) {
  return usePatientWords().ageAndSex(row.original);
}

function Phone({ row }: CellProps) {
  const t = useTranslations('patients');
  const { phone } = row.original;
  return phone ? formatPhone(phone) : <None label={t('noPhone')} />;
}

function City({ row }: CellProps) {
  const t = useTranslations('patients');
  return row.original.city ?? <None label={t('none')} />;
}

function Added({ row }: CellProps) {
  return useClinicDate()(row.original.created_at);
}

function None({ label }: { label: string }) {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

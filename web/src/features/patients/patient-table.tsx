'use client';

import { useTranslations } from 'next-intl';
import type { Patient, PatientOrdering } from '@/api/types';
import { COLUMNS } from './patient-columns';
import { SortHeader } from './sort-header';
import { useRowKeys } from './use-row-keys';

interface PatientTableProps {
  patients: Patient[];
  ordering: PatientOrdering;
  onOrder: (ordering: PatientOrdering) => void;
}

export function PatientTable({ patients, ordering, onOrder }: PatientTableProps) {
  const t = useTranslations('patients');
  const rows = useRowKeys();
  return (
    <table className="w-full border-separate border-spacing-0 text-lg max-sm:block sm:text-base">
      <caption className="sr-only">{t('title')}</caption>
      <thead className="max-sm:sr-only">
        <tr>
          {COLUMNS.map((column) => (
            <SortHeader key={column.field} column={column} ordering={ordering} onOrder={onOrder} />
          ))}
        </tr>
      </thead>
      <tbody {...rows} className="max-sm:block">
        {patients.map((patient) => (
          <tr
            key={patient.id}
            className="relative hover:bg-sunken max-sm:grid max-sm:min-h-16 max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:content-center max-sm:gap-x-3 max-sm:border-b max-sm:border-line max-sm:py-2 print:break-inside-avoid"
          >
            {COLUMNS.map(({ field, Cell, cell }) => (
              <td
                key={field}
                className={`sm:h-11 sm:border-b sm:border-line sm:px-3 sm:first:pl-2 print:h-8 ${cell}`}
              >
                <Cell patient={patient} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

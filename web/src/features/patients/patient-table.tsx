'use client';

import { useTable } from '@tanstack/react-table';
import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import type { Ordering } from './list-query';
import { columns, features } from './patient-columns';
import { SortHeader } from './sort-header';

/** On phones a row is a grid of two lines: name and number, then age and phone. */
const CELLS: Record<string, string> = {
  name: 'col-start-1 row-start-1 min-w-0 font-medium sm:w-2/5 sm:max-w-0',
  number: 'col-start-2 row-start-1 text-right text-muted tabular-nums sm:text-ink',
  age: 'col-start-1 row-start-2 text-base whitespace-nowrap text-muted sm:text-ink',
  phone: 'col-start-2 row-start-2 text-right text-base whitespace-nowrap tabular-nums sm:text-left',
  city: 'max-w-40 truncate max-lg:hidden',
  created_at: 'whitespace-nowrap text-muted max-md:hidden',
};

interface PatientTableProps {
  patients: Patient[];
  ordering: Ordering;
  onOrder: (ordering: Ordering) => void;
}

export function PatientTable({ patients, ordering, onOrder }: PatientTableProps) {
  const t = useTranslations('patients');
  const table = useTable({ features, columns, data: patients, getRowId: ({ id }) => id });

  return (
    <table className="w-full border-separate border-spacing-0 text-lg max-sm:block sm:text-base">
      <caption className="sr-only">{t('title')}</caption>
      <thead className="max-sm:sr-only">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <SortHeader
                key={header.id}
                field={header.column.id}
                ordering={ordering}
                onOrder={onOrder}
              >
                <table.FlexRender header={header} />
              </SortHeader>
            ))}
          </tr>
        ))}
      </thead>
      <tbody className="max-sm:block">
        {table.getRowModel().rows.map((row) => (
          <tr
            key={row.id}
            className="relative hover:bg-sunken max-sm:grid max-sm:min-h-16 max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:content-center max-sm:gap-x-3 max-sm:border-b max-sm:border-line max-sm:py-2"
          >
            {row.getAllCells().map((cell) => (
              <td
                key={cell.id}
                className={`sm:h-11 sm:border-b sm:border-line sm:px-3 sm:first:pl-2 ${CELLS[cell.column.id]}`}
              >
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

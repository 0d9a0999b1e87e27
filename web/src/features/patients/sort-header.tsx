'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { PatientOrdering } from '@/api/types';
import type { Column } from './patient-columns';

interface SortHeaderProps {
  column: Column;
  ordering: PatientOrdering;
  onOrder: (ordering: PatientOrdering) => void;
}

export function SortHeader({ column, ordering, onOrder }: SortHeaderProps) {
  const t = useTranslations('patients');
  const { orders } = column;
  const label = t(column.heading);
  const style = `border-b border-field/60 px-3 pb-2 text-left text-sm font-medium whitespace-nowrap text-muted first:pl-2 ${column.head ?? ''}`;
  if (!orders) return <th className={style}>{label}</th>;

  const [first, other] = orders;
  const direction = ordering.startsWith('-') ? 'descending' : 'ascending';
  const sorted = orders.includes(ordering) ? direction : undefined;
  const Arrow = sorted === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th className={style} aria-sort={sorted ?? 'none'}>
      <button
        type="button"
        className="inline-flex min-h-6 items-center gap-1 rounded-control hover:text-ink"
        onClick={() => onOrder(ordering === first ? other : first)}
      >
        {label}
        {sorted && <Arrow aria-hidden="true" className="size-3.5" strokeWidth={2} />}
      </button>
    </th>
  );
}

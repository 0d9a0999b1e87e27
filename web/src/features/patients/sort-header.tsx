import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Ordering } from './list-query';

/** Which way a column is sorted by its first press. */
const FIRST: Record<string, Ordering> = {
  name: 'name',
  number: 'number',
  created_at: '-created_at',
};

/** Columns that narrow screens do without; as in the rows. */
const HIDDEN: Record<string, string> = { city: 'max-lg:hidden', created_at: 'max-md:hidden' };

interface SortHeaderProps {
  field: string;
  ordering: Ordering;
  onOrder: (ordering: Ordering) => void;
  children: ReactNode;
}

export function SortHeader({ field, ordering, onOrder, children }: SortHeaderProps) {
  const align = field === 'number' ? 'text-right' : 'text-left';
  const style = `border-b border-field/60 px-3 pb-2 text-sm font-medium whitespace-nowrap text-muted first:pl-2 ${align} ${HIDDEN[field] ?? ''}`;
  const first = FIRST[field];
  if (!first) return <th className={style}>{children}</th>;

  const down = `-${field}` as Ordering;
  const sorted = ordering === field ? 'ascending' : ordering === down ? 'descending' : undefined;
  const other: Ordering = ordering === field ? down : (field as Ordering);
  const Arrow = sorted === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th className={style} aria-sort={sorted ?? 'none'}>
      <button
        type="button"
        className="inline-flex min-h-6 items-center gap-1 rounded-control hover:text-ink"
        onClick={() => onOrder(sorted ? other : first)}
      >
        {children}
        {sorted && <Arrow aria-hidden="true" className="size-3.5" strokeWidth={2} />}
      </button>
    </th>
  );
}

'use client';

import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { headStyle, type ColumnOf } from './column';
import { directionsOf } from './orders';
import type { Words } from '../words';

interface SortHeaderProps<Item> {
  words: Words;
  column: ColumnOf<Item>;
  chosen: boolean;
  ordering: string;
  onOrder: (ordering: string) => void;
}

export function SortHeader<Item>(props: SortHeaderProps<Item>) {
  const { words, column, chosen, ordering, onOrder } = props;
  const { orders } = column;
  const label = words.ofColumn(column.field);
  const style = clsx(
    'border-b border-field/60 px-3 pb-2 text-left text-sm font-medium whitespace-nowrap text-muted first:pl-2',
    headStyle(column, chosen),
  );
  if (!orders) return <th className={style}>{label}</th>;

  const [first, other] = directionsOf(column);
  const direction = ordering.startsWith('-') ? 'descending' : 'ascending';
  const sorted = ordering === first || ordering === other ? direction : undefined;
  const Arrow = sorted === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th className={style} aria-sort={sorted ?? 'none'}>
      {/* On phones headings are only heard, and a list is ordered above it: no key may lead to what is not seen. */}
      <span className="sm:hidden">{label}</span>
      <button
        type="button"
        className="inline-flex min-h-6 items-center gap-1 rounded-control hover:text-ink max-sm:hidden"
        onClick={() => onOrder(ordering === first ? other : first)}
      >
        {label}
        {sorted && <Arrow aria-hidden="true" className="size-3.5" strokeWidth={2} />}
      </button>
    </th>
  );
}

'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { AppLink } from '@/ui/app-link';
import type { Stored } from '../paths';
import type { Words } from '../words';
import { cellStyle, type ColumnOf } from './column';
import { SortHeader } from './sort-header';
import { useRowKeys } from './use-row-keys';

interface TableProps<Item> {
  words: Words;
  items: Item[];
  columns: readonly ColumnOf<Item>[];
  /** Somebody chose these columns: they are shown however narrow the screen is. */
  chosen: boolean;
  hrefOf: (item: Item) => string;
  ordering: string;
  onOrder: (ordering: string) => void;
}

/** A table where there is room for one; on phones rows of two lines. */
export function Table<Item extends Stored>(props: TableProps<Item>) {
  const { words, items, columns, chosen, hrefOf, ordering, onOrder } = props;
  const rows = useRowKeys();
  const [naming, ...others] = columns;
  if (!naming) return null;
  return (
    <div className={clsx(chosen && 'sm:-mx-1 sm:overflow-x-auto sm:px-1 sm:pt-1')}>
      <table className="w-full border-separate border-spacing-0 text-lg max-sm:block sm:text-base">
        <caption className="sr-only">{words('title')}</caption>
        <thead className="max-sm:sr-only">
          <tr>
            {columns.map((column) => (
              <SortHeader key={column.field} {...{ words, column, chosen, ordering, onOrder }} />
            ))}
          </tr>
        </thead>
        <tbody {...rows} className="max-sm:block">
          {items.map((item) => (
            <tr
              key={item.id}
              className="relative hover:bg-sunken max-sm:grid max-sm:min-h-16 max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:content-center max-sm:gap-x-3 max-sm:border-b max-sm:border-line max-sm:py-2 print:break-inside-avoid"
            >
              <td
                className={clsx(
                  CELL,
                  'min-w-0 font-medium max-sm:col-start-1 max-sm:row-start-1 sm:w-2/5 sm:max-w-0',
                  chosen && 'sm:min-w-48',
                )}
              >
                <AppLink href={hrefOf(item)} className={ROW_LINK}>
                  {contentOf(item, naming, words)}
                </AppLink>
              </td>
              {others.map((column) => (
                <td key={column.field} className={clsx(CELL, cellStyle(column, chosen))}>
                  {(column.labelled || (chosen && !column.phone)) && (
                    <span className="text-base sm:hidden">{words.ofColumn(column.field)} </span>
                  )}
                  {contentOf(item, column, words)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = 'sm:h-11 sm:border-b sm:border-line sm:px-3 sm:first:pl-2 print:h-8';

/** Its hit area is the whole row. */
const ROW_LINK =
  'block truncate after:absolute after:inset-0 hover:underline focus-visible:outline-none focus-visible:after:rounded-control focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-brand';

function contentOf<Item extends Stored>(item: Item, column: ColumnOf<Item>, words: Words) {
  const content = column.cell ? column.cell(item) : valueOf(item, column.field, words);
  if (content || content === 0) return content;
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{column.nothing ?? words('none')}</span>
    </span>
  );
}

/** Texts, numbers, choices, yes and no: other fields have a `cell`. */
function valueOf(item: object, field: string, words: Words): ReactNode {
  const value: unknown = Reflect.get(item, field);
  if (typeof value === 'boolean' || (typeof value === 'string' && value !== '')) {
    return words.ofValue(field, value);
  }
  return typeof value === 'number' ? value : null;
}

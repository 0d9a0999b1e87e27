'use client';

import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from '@/ui/menu';
import type { Words } from '../words';
import { isSeen, type ColumnOf } from './column';

export interface ListMenuProps {
  words: Words;
  trigger: ReactNode;
  columns: readonly Pick<ColumnOf<unknown>, 'field' | 'phone' | 'from'>[];
  /** The fields that somebody chose. */
  chosen?: string[];
  onChoose: (columns: string[] | undefined) => void;
  /** The whole list as a file; missing where the list is not whole. */
  csv?: string;
  onDownload: () => void;
}

export function ListMenu(props: ListMenuProps) {
  const { words, trigger, columns, chosen, onChoose, csv, onDownload } = props;
  // The first names the row, and stays.
  const [, ...optional] = columns;
  const shown = optional.filter((column) => chosen?.includes(column.field) ?? isSeen(column));
  const toggle = (field: string, on: boolean) =>
    onChoose(
      optional
        .filter((column) => (column.field === field ? on : shown.includes(column)))
        .map((column) => column.field),
    );
  return (
    <Menu defaultOpen side="bottom" align="end" trigger={trigger}>
      <MenuLabel>{words('columnChoice')}</MenuLabel>
      {optional.map((column) => (
        <MenuCheck
          key={column.field}
          label={words.ofColumn(column.field)}
          checked={shown.includes(column)}
          onChange={(on) => toggle(column.field, on)}
        />
      ))}
      {chosen && <MenuItem onSelect={() => onChoose(undefined)}>{words('usualColumns')}</MenuItem>}
      {csv && (
        <>
          <MenuSeparator />
          <MenuItem asChild>
            <a
              href={csv}
              download
              onClick={(event) => {
                event.preventDefault();
                onDownload();
              }}
            >
              <Download aria-hidden="true" className="size-4 text-muted" strokeWidth={1.75} />
              {words('csv')}
            </a>
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

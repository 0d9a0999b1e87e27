import type { ReactNode } from 'react';
import type { ItemOf, OrderName, ResourcePath } from '../paths';

/** How an order is worded: A to Z, low to high, newest first. */
export type OrderKind = 'text' | 'number' | 'time';

/** Where a cell stands in the two lines of a phone's row. The first column stands at the top's start. */
export type PhonePlace = 'topEnd' | 'bottomStart' | 'bottomEnd';

export interface ColumnOf<Item> {
  field: string;
  /** What stands in the cell: the field's value, unless it is said here. Nothing is a dash. */
  cell?: (item: Item) => ReactNode;
  /** What a dash means, for those who hear it. */
  nothing?: string;
  /** Where the API orders by the field. */
  orders?: OrderKind;
  phone?: PhonePlace;
  /** On phones the label stands before the cell. */
  labelled?: boolean;
  /** To the right, so that digits stand below digits. */
  numeric?: boolean;
  /** The screen that it needs, unless somebody chose it; `chosen` waits for that on any. */
  from?: 'md' | 'lg' | 'xl' | 'chosen';
}

/** A column of the list of a resource. The first names the object, and leads to it. */
export type Column<P extends ResourcePath> = {
  [Field in keyof ItemOf<P> & string]: ColumnOf<ItemOf<P>> & {
    field: Field;
    orders?: Field extends OrderName<P> ? OrderKind : never;
  };
}[keyof ItemOf<P> & string];

const PLACES = {
  topEnd: 'max-sm:col-start-2 max-sm:row-start-1 max-sm:text-right max-sm:text-muted',
  bottomStart: 'max-sm:col-start-1 max-sm:row-start-2 max-sm:text-base max-sm:text-muted',
  bottomEnd: 'max-sm:col-start-2 max-sm:row-start-2 max-sm:text-right max-sm:text-base',
};

/** Tailwind finds whole names only. */
const HIDDEN_BELOW = { md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' };
const WIDTHS = { sm: '40rem', md: '48rem', lg: '64rem', xl: '80rem' };

type Shown<Item> = Pick<ColumnOf<Item>, 'phone' | 'from' | 'numeric'>;

/** Chosen columns are shown on any screen: on phones in lines of their own where they have no place. */
export function cellStyle<Item>({ phone, from, numeric }: Shown<Item>, chosen: boolean) {
  const line = chosen && 'max-sm:col-span-2 max-sm:text-base max-sm:text-muted';
  return [
    'max-w-56 truncate tabular-nums',
    numeric && 'sm:text-right',
    phone ? PLACES[phone] : line || 'max-sm:hidden',
    !chosen && from && from !== 'chosen' && HIDDEN_BELOW[from],
  ];
}

export function headStyle<Item>({ from, numeric }: Shown<Item>, chosen: boolean) {
  return [numeric && 'text-right', !chosen && from && from !== 'chosen' && HIDDEN_BELOW[from]];
}

/** The first always; of the others the chosen, or those that need not be. */
export function shownColumns<Item>(columns: readonly ColumnOf<Item>[], chosen?: string[]) {
  return columns.filter(
    ({ field, from }, index) =>
      index === 0 || (chosen ? chosen.includes(field) : from !== 'chosen'),
  );
}

/** Whether a column that nobody chose is seen on the screen as it is now. */
export function isSeen<Item>({ phone, from }: Shown<Item>): boolean {
  if (from === 'chosen') return false;
  return isWide(from ?? 'sm') || (!isWide('sm') && phone !== undefined);
}

function isWide(width: keyof typeof WIDTHS): boolean {
  return window.matchMedia(`(min-width: ${WIDTHS[width]})`).matches;
}

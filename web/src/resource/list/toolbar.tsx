'use client';

import type { ReactNode } from 'react';
import { FilterChip } from '@/ui/filter-chip';
import type { Words } from '../words';
import type { ListState } from './list';
import { SearchBox } from './search-box';

interface ToolbarProps {
  words: Words;
  state: ListState;
  searches: boolean;
  /** The values of each filter, in order. */
  choices: ReadonlyMap<string, readonly string[]>;
  orders: readonly { value: string; label: string }[];
  /** Stands beside the search. */
  more: ReactNode;
  onChange: (changed: Partial<ListState>) => void;
}

export function Toolbar(props: ToolbarProps) {
  const { words, state, searches, choices, orders, more, onChange } = props;
  const { filters, ordering } = state;
  const setFilter = (name: string, value: string) => {
    const others = Object.entries(filters).filter(([other]) => other !== name);
    onChange({ filters: Object.fromEntries(value ? [...others, [name, value]] : others) });
  };
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2 print:hidden">
      {searches && (
        <SearchBox words={words} value={state.search} onSearch={(search) => onChange({ search })} />
      )}
      {more}
      <div className="flex basis-full flex-wrap gap-2 md:basis-auto">
        {[...choices].map(([name, values]) => (
          <FilterChip
            key={name}
            label={words(`fields.${name}`)}
            value={filters[name] ?? ''}
            active={name in filters}
            options={[
              { value: '', label: words.ofAny(name) },
              ...values.map((value) => ({ value, label: words.ofValue(name, value) })),
            ]}
            onChange={(value) => setFilter(name, value)}
          />
        ))}
        {orders.length > 0 && (
          <FilterChip
            label={words('order')}
            value={ordering}
            showsValue
            options={orders}
            onChange={(chosen) => onChange({ ordering: chosen })}
          />
        )}
      </div>
    </div>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import type { PatientOrdering } from '@/api/types';
import { FilterChip } from '@/ui/filter-chip';
import { ORDERINGS, SEXES, type ListQuery } from './list-query';
import { SearchBox } from './search-box';

interface ListToolbarProps {
  query: ListQuery;
  onChange: (changed: Partial<ListQuery>) => void;
}

const ORDER_LABELS = {
  '-created_at': 'newest',
  created_at: 'oldest',
  name: 'byName',
  '-name': 'byNameDown',
  number: 'byNumber',
  '-number': 'byNumberDown',
} as const satisfies Record<PatientOrdering, string>;

export function ListToolbar({ query, onChange }: ListToolbarProps) {
  const t = useTranslations('patients');
  return (
    <div className="mb-2 flex flex-col gap-2 md:flex-row md:items-center print:hidden">
      <SearchBox value={query.search} onSearch={(search) => onChange({ search })} />
      <div className="flex flex-wrap gap-2">
        <FilterChip
          label={t('sex')}
          value={query.sex}
          active={query.sex !== ''}
          options={[
            { value: '', label: t('allSexes') },
            ...SEXES.map((sex) => ({ value: sex, label: t(sex) })),
          ]}
          onChange={(sex) => onChange({ sex })}
        />
        <FilterChip
          label={t('status')}
          value={String(query.archived)}
          active={query.archived}
          options={[
            { value: 'false', label: t('current') },
            { value: 'true', label: t('archived') },
          ]}
          onChange={(archived) => onChange({ archived: archived === 'true' })}
        />
        <FilterChip
          label={t('order')}
          value={query.ordering}
          showsValue
          options={ORDERINGS.map((value) => ({ value, label: t(ORDER_LABELS[value]) }))}
          onChange={(ordering) => onChange({ ordering })}
        />
      </div>
    </div>
  );
}

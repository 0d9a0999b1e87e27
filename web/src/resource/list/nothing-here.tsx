'use client';

import { useCan } from '@/session/session-provider';
import { AppLink } from '@/ui/app-link';
import { Button } from '@/ui/button';
import { buttonStyles } from '@/ui/button-styles';
import { EmptyState } from '@/ui/empty-state';
import type { Words } from '../words';
import { isFiltered, type ListState } from './list';

interface NothingHereProps {
  words: Words;
  resource: { name: string; path: string };
  state: ListState;
  onClear: () => void;
}

/** Nothing yet, or nothing that fits: each with its next step. */
export function NothingHere({ words, resource, state, onClear }: NothingHereProps) {
  const canCreate = useCan(`${resource.name}.create`);
  const { search } = state;
  /** What was searched for is where its form begins. */
  const query = search && `?${new URLSearchParams({ search }).toString()}`;
  const create = canCreate && (
    <AppLink href={`${resource.path}/new${query}`} className={buttonStyles({ look: 'primary' })}>
      {words('new')}
    </AppLink>
  );
  if (isFiltered(state) || state.cursor) {
    return (
      <EmptyState
        title={words('noneFoundTitle')}
        text={search ? words('noneFoundFor', { search }) : words('noneFoundText')}
      >
        <Button onClick={onClear}>{words('clearFilters')}</Button>
        {create}
      </EmptyState>
    );
  }
  if (state.filters.archived) return <EmptyState title={words('emptyArchived')} />;
  return (
    <EmptyState title={words('emptyTitle')} text={words('emptyText')}>
      {create}
    </EmptyState>
  );
}

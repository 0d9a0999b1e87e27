'use client';

import { useTranslations } from 'next-intl';
import { useCan } from '@/session/session-provider';
import { AppLink } from '@/ui/app-link';
import { Button } from '@/ui/button';
import { buttonStyles } from '@/ui/button-styles';
import { EmptyState } from '@/ui/empty-state';
import { EMPTY_QUERY, isFiltered, type ListQuery } from './list-query';
import { showList } from './use-patient-list';

/** Nobody yet, or nobody who fits: each with its next step. */
export function NoPatients({ query }: { query: ListQuery }) {
  const t = useTranslations('patients');
  const canCreate = useCan('patients.create');
  if (isFiltered(query) || query.cursor) {
    return (
      <EmptyState
        title={t('noneFoundTitle')}
        text={query.search ? t('noneFoundFor', { search: query.search }) : t('noneFoundText')}
      >
        <Button onClick={() => showList({ ...EMPTY_QUERY, archived: query.archived })}>
          {t('clearFilters')}
        </Button>
        {canCreate && (
          <AppLink href="/patients/new" className={buttonStyles({ look: 'primary' })}>
            {t('new')}
          </AppLink>
        )}
      </EmptyState>
    );
  }
  if (query.archived) return <EmptyState title={t('emptyArchived')} />;
  return (
    <EmptyState title={t('emptyTitle')} text={t('emptyText')}>
      {canCreate && (
        <AppLink href="/patients/new" className={buttonStyles({ look: 'primary' })}>
          {t('new')}
        </AppLink>
      )}
    </EmptyState>
  );
}

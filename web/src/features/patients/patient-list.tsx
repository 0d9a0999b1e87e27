'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useCan } from '@/session/session-provider';
import { Button, buttonStyles } from '@/ui/button';
import { EmptyState } from '@/ui/empty-state';
import { FormProblem } from '@/forms/form-problem';
import { ProgressLine } from '@/ui/progress-line';
import { EMPTY_QUERY, isFiltered, type ListQuery } from './list-query';
import { ListPager } from './list-pager';
import { ListToolbar } from './list-toolbar';
import { PatientTable } from './patient-table';
import { showList, usePatientList } from './use-patient-list';

export function PatientList() {
  const t = useTranslations('patients');
  const { query, result } = usePatientList();
  const { data, error, isFetching, refetch } = result;
  const change = (changed: Partial<ListQuery>) => showList({ ...query, cursor: '', ...changed });

  return (
    <>
      <ListToolbar query={query} onChange={change} />
      <ProgressLine active={isFetching} />
      <p role="status" className="sr-only">
        {data && !isFetching && t('shown', { count: data.results.length })}
      </p>
      {error && (
        <div className="space-y-3 py-3">
          <FormProblem error={error} />
          <Button onClick={() => void refetch()}>{t('tryAgain')}</Button>
        </div>
      )}
      {!data && !error && <p className="py-16 text-center text-muted">{t('loading')}</p>}
      {data && data.results.length === 0 && <NoPatients query={query} />}
      {data && data.results.length > 0 && (
        <>
          <PatientTable
            patients={data.results}
            ordering={query.ordering}
            onOrder={(ordering) => change({ ordering })}
          />
          <ListPager page={data} query={query} />
        </>
      )}
    </>
  );
}

function NoPatients({ query }: { query: ListQuery }) {
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
          <Link href="/patients/new" prefetch={false} className={buttonStyles({ look: 'primary' })}>
            {t('new')}
          </Link>
        )}
      </EmptyState>
    );
  }
  if (query.archived) return <EmptyState title={t('emptyArchived')} />;
  return (
    <EmptyState title={t('emptyTitle')} text={t('emptyText')}>
      {canCreate && (
        <Link href="/patients/new" prefetch={false} className={buttonStyles({ look: 'primary' })}>
          {t('new')}
        </Link>
      )}
    </EmptyState>
  );
}

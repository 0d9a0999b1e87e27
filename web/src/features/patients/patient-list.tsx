'use client';

import { useTranslations } from 'next-intl';
import { lazy, Suspense } from 'react';
import { ProgressLine } from '@/ui/progress-line';
import type { ListQuery } from './list-query';
import { ListPager } from './list-pager';
import { ListToolbar } from './list-toolbar';
import { PatientTable } from './patient-table';
import { showList, usePatientList, type FirstPage } from './use-patient-list';

// What most lists do not show is not sent with each of them.
const ListProblem = lazy(async () => ({ default: (await import('./list-problem')).ListProblem }));

const NoPatients = lazy(async () => ({ default: (await import('./no-patients')).NoPatients }));

export function PatientList({ first }: { first?: FirstPage }) {
  const t = useTranslations('patients');
  const { query, result } = usePatientList(first);
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
        <Suspense>
          <ListProblem error={error} onRetry={() => void refetch()} />
        </Suspense>
      )}
      {!data && !error && <p className="py-16 text-center text-muted">{t('loading')}</p>}
      {data && data.results.length === 0 && (
        <Suspense>
          <NoPatients query={query} />
        </Suspense>
      )}
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

'use client';

import { useTranslations } from 'next-intl';
import { lazy, Suspense, useEffect } from 'react';
import { warmUp } from '@/api/api';
import { usePreload } from '@/lib/use-preload';
import { ProgressLine } from '@/ui/progress-line';
import { lastList } from './last-list';
import type { ListQuery } from './list-query';
import { ListPager } from './list-pager';
import { ListToolbar } from './list-toolbar';
import { PatientTable } from './patient-table';
import { listUrl, showList, usePatientList, type FirstPage } from './use-patient-list';

// What most lists do not show is not sent with each of them.
const loadProblem = () => import('./list-problem');
const ListProblem = lazy(async () => ({ default: (await loadProblem()).ListProblem }));
const loadEmpty = () => import('./no-patients');
const NoPatients = lazy(async () => ({ default: (await loadEmpty()).NoPatients }));
const preload = () => Promise.all([warmUp(), loadProblem(), loadEmpty()]);

export function PatientList({ first }: { first?: FirstPage }) {
  const t = useTranslations('patients');
  const { query, result } = usePatientList(first);
  const { data, error, isFetching, refetch } = result;
  const url = listUrl(query);
  useEffect(() => lastList.set(url), [url]);
  usePreload(preload);
  const change = (changed: Partial<ListQuery>) => {
    // The steps of one search are one step back.
    const replace = changed.search !== undefined && query.search !== '';
    showList({ ...query, cursor: '', ...changed }, { replace });
  };

  /** Where the search and the filters are not printed: what the sheet is a list of. */
  const onPaper = [
    query.search && `“${query.search}”`,
    query.sex && t(query.sex),
    query.archived && t('archived'),
    data && t('shown', { count: data.results.length }),
  ].filter(Boolean);

  return (
    <>
      <ListToolbar query={query} onChange={change} />
      <ProgressLine active={isFetching} />
      <p role="status" className="sr-only">
        {data && !isFetching && t('shown', { count: data.results.length })}
      </p>
      <p className="mb-2 hidden text-base text-muted print:block">{onPaper.join(' · ')}</p>
      {error && (
        <Suspense>
          <ListProblem error={error} onRetry={() => void refetch()} />
        </Suspense>
      )}
      {!data && !error && <p className="py-16 text-center text-muted">{t('loading')}</p>}
      {data?.truncated && <p className="mb-2 text-muted">{t('truncated')}</p>}
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

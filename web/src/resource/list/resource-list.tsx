'use client';

import { lazy, Suspense, useEffect } from 'react';
import { warmUp } from '@/api/api';
import { usePreload } from '@/lib/use-preload';
import { ProgressLine } from '@/ui/progress-line';
import type { ResourcePath } from '../paths';
import { useWords } from '../words';
import { shownColumns, type Column } from './column';
import { lastList } from './last-list';
import { cursorOf, type List, type ListState } from './list';
import { loadMenu, MoreButton } from './more-button';
import { orderOptions } from './orders';
import { Pager } from './pager';
import { Table } from './table';
import { Toolbar } from './toolbar';
import { useColumns } from './use-columns';
import { useDownload } from './use-download';
import { goTo, useList, type FirstPage } from './use-list';

// What most lists do not show is not sent with each of them.
const loadProblem = () => import('./list-problem');
const ListProblem = lazy(async () => ({ default: (await loadProblem()).ListProblem }));
const loadEmpty = () => import('./nothing-here');
const NothingHere = lazy(async () => ({ default: (await loadEmpty()).NothingHere }));
const preload = () => Promise.all([warmUp(), loadProblem(), loadEmpty(), loadMenu()]);

interface ResourceListProps<P extends ResourcePath> {
  list: List<P>;
  first?: FirstPage<P>;
  columns: readonly Column<P>[];
}

/** The whole list screen of a resource: search, filters, order, table, pages, its columns and its file. */
export function ResourceList<P extends ResourcePath>(props: ResourceListProps<P>) {
  const { list, first, columns } = props;
  const { resource } = list;
  const words = useWords(resource);
  const { state, result } = useList(list, first);
  const { chosen, choose } = useColumns(list, state, first?.columns);
  const download = useDownload(list, state);
  const { data, isFetching } = result;
  const url = list.url(state);
  useEffect(() => lastList.set(resource, url), [resource, url]);
  usePreload(preload);

  const change = (changed: Partial<ListState>) => {
    // The URL itself: this page follows it late, and may not know yet what was chosen a moment ago.
    const now = list.parse(new URLSearchParams(window.location.search));
    // The steps of one search are one step back.
    const replace = changed.search !== undefined && now.search !== '';
    goTo(list.url({ ...now, cursor: '', ...changed }), { replace });
  };
  const neighbour = (link: string | null) => {
    const cursor = cursorOf(link);
    return cursor ? list.url({ ...state, cursor }) : undefined;
  };
  const failed = result.error ?? download.error;
  // Chosen without the browser's rules of plurals and numbers, which a slow phone takes a tenth of a second to bring.
  const shown = data && words('shown', { count: data.results.length });
  /** Where the search and the filters are not printed: what the sheet is a list of. */
  const onPaper = [
    state.search && `“${state.search}”`,
    ...Object.entries(state.filters).map(([name, value]) => words.ofValue(name, value)),
    shown,
  ].filter(Boolean);

  return (
    <>
      <Toolbar
        words={words}
        state={state}
        searches={list.searches}
        choices={list.choices}
        orders={orderOptions(columns, words)}
        onChange={change}
        more={
          <MoreButton
            words={words}
            columns={columns}
            chosen={chosen}
            onChoose={choose}
            csv={data?.truncated ? undefined : list.csv(state)}
            onDownload={() => download.mutate()}
          />
        }
      />
      <ProgressLine active={isFetching || download.isPending} />
      <p role="status" className="sr-only">
        {!isFetching && shown}
      </p>
      <p className="mb-2 hidden text-base text-muted print:block">{onPaper.join(' · ')}</p>
      {failed && (
        <Suspense>
          <ListProblem
            words={words}
            error={failed}
            onRetry={() => (result.error ? void result.refetch() : download.mutate())}
          />
        </Suspense>
      )}
      {!data && !failed && <p className="py-16 text-center text-muted">{words('loading')}</p>}
      {data?.truncated && <p className="mb-2 text-muted">{words('truncated')}</p>}
      {data && data.results.length === 0 && (
        <Suspense>
          <NothingHere
            words={words}
            resource={resource}
            state={state}
            onClear={() => goTo(list.url(list.cleared(state)))}
          />
        </Suspense>
      )}
      {data && data.results.length > 0 && (
        <>
          <Table
            words={words}
            items={data.results}
            columns={shownColumns(columns, chosen)}
            chosen={chosen !== undefined}
            hrefOf={({ id }) => resource.one(id)}
            ordering={state.ordering}
            onOrder={(ordering) => change({ ordering })}
          />
          <Pager
            words={words}
            previous={neighbour(data.previous)}
            next={neighbour(data.next)}
            byTime={state.ordering === '-created_at'}
          />
        </>
      )}
    </>
  );
}

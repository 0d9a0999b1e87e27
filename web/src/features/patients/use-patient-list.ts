'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import type { PatientPage } from '@/api/types';
import { listSearchParams, parseListQuery, type ListQuery } from './list-query';
import { listKey } from './list-key';
import { patientsApi } from './patients-api';

/** The page of the list that came with the document. */
export interface FirstPage {
  search: string;
  page: PatientPage;
  /** When the web server had it, in milliseconds. */
  at: number;
}

/** The list that the URL asks for; old rows stay while newer ones are on their way. */
export function usePatientList(first?: FirstPage) {
  const query = parseListQuery(useSearchParams());
  const search = listSearchParams(query);
  const result = useQuery({
    queryKey: listKey(search),
    queryFn: ({ signal }) => patientsApi.list(search, signal),
    placeholderData: keepPreviousData,
    ...(first?.search === search && { initialData: first.page, initialDataUpdatedAt: first.at }),
  });
  return { query, result };
}

export function listUrl(query: ListQuery): string {
  const search = listSearchParams(query);
  return `/patients${search && `?${search}`}`;
}

/** Changes the URL without asking the web server: the rows come from the API. */
export function showList(query: ListQuery, { replace = false } = {}) {
  const url = listUrl(query);
  if (replace) window.history.replaceState(null, '', url);
  else window.history.pushState(null, '', url);
}

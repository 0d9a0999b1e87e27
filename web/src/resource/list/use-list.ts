'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { keys } from '../data/cache';
import type { ItemOf, ResourcePath } from '../paths';
import type { Page } from '../resource';
import type { List } from './list';

/** The page of a list that came with the document. */
export interface FirstPage<P extends ResourcePath> {
  search: string;
  page: Page<ItemOf<P>>;
  /** When the web server had it, in milliseconds. */
  at: number;
  /** The columns that were chosen on this device. */
  columns?: string[];
}

/** The list that the URL asks for; old rows stay while newer ones are on their way. */
export function useList<P extends ResourcePath>(list: List<P>, first?: FirstPage<P>) {
  const state = list.parse(useSearchParams());
  const search = list.search(state);
  const result = useQuery({
    queryKey: keys.list(list.resource, search),
    queryFn: ({ signal }) => list.resource.list(search, signal),
    placeholderData: keepPreviousData,
    ...(first?.search === search && { initialData: first.page, initialDataUpdatedAt: first.at }),
  });
  return { state, result };
}

/** Changes the URL without asking the web server: the rows come from the API. */
export function goTo(url: string, { replace = false } = {}) {
  if (replace) window.history.replaceState(null, '', url);
  else window.history.pushState(null, '', url);
}

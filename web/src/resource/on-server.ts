import 'server-only';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { apiGet, ApiRefused } from '@/server/api';
import { columnsCookie, columnsIn } from './list/column-memory';
import type { List, ListState } from './list/list';
import type { FirstPage } from './list/use-list';
import type { ItemOf, ResourcePath } from './paths';
import type { Page, Resource } from './resource';

type SearchParams = Record<string, string | string[] | undefined>;

/** The page of a list that goes with the document, as its URL asks. */
export async function firstPage<P extends ResourcePath>(
  list: List<P>,
  searchParams: Promise<SearchParams>,
): Promise<FirstPage<P>> {
  const asked = await searchParams;
  const state = list.parse({ get: (name) => [asked[name]].flat()[0] ?? null });
  const page = await pageOf(list, state);
  const columns = columnsIn((await cookies()).get(columnsCookie(list.resource))?.value);
  return { search: list.search(state), page, at: Date.now(), columns };
}

/** A link may have grown old: what the API refuses in it is left out, the place in the list before the search. */
async function pageOf<P extends ResourcePath>(list: List<P>, state: ListState) {
  const search = list.search(state);
  try {
    const { path } = list.resource;
    return (await apiGet<Page<ItemOf<P>>>(`${path}${search && `?${search}`}`)).data;
  } catch (error) {
    const without = { ...state, cursor: '', search: state.cursor ? state.search : '' };
    const refused = error instanceof ApiRefused && error.status === 400;
    if (refused && list.search(without) !== search) redirect(list.url(without));
    throw error;
  }
}

/** Reads an object for a page; a page and its metadata share one call. */
export function reading<P extends ResourcePath>({ one }: Resource<P>) {
  return cache((id: string) => apiGet<ItemOf<P>>(one(id)));
}

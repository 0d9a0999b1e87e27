import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { apiGet } from '@/server/api';
import { columnsCookie, columnsIn } from './list/column-memory';
import type { List } from './list/list';
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
  const { path } = list.resource;
  const search = list.search(list.parse({ get: (name) => [asked[name]].flat()[0] ?? null }));
  const { data: page } = await apiGet<Page<ItemOf<P>>>(`${path}${search && `?${search}`}`);
  const columns = columnsIn((await cookies()).get(columnsCookie(list.resource))?.value);
  return { search, page, at: Date.now(), columns };
}

/** Reads an object for a page; a page and its metadata share one call. */
export function reading<P extends ResourcePath>({ one }: Resource<P>) {
  return cache((id: string) => apiGet<ItemOf<P>>(one(id)));
}

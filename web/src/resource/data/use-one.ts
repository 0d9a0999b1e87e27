'use client';

import { useQuery } from '@tanstack/react-query';
import type { ItemOf, ResourcePath } from '../paths';
import type { Resource } from '../resource';
import { keys } from './cache';

/** An object that came with the page, kept up to date: of the page's and the browser's, the newer version. */
export function useOne<P extends ResourcePath>(resource: Resource<P>, first: ItemOf<P>): ItemOf<P> {
  const { data = first } = useQuery({
    queryKey: keys.one(resource, first.id),
    queryFn: async ({ signal }) => (await resource.read(first.id, signal)).data,
    initialData: first,
  });
  return data.version < first.version ? first : data;
}

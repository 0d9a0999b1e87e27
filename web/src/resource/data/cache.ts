import type { QueryClient } from '@tanstack/react-query';
import type { ItemOf, ResourcePath } from '../paths';
import type { Page, Resource } from '../resource';

/** Query keys: everything about a resource hangs under its name. */
export const keys = {
  all: ({ name }: { name: string }) => [name] as const,
  /** Whatever has `results`: pages, and lists of a kind. */
  lists: ({ name }: { name: string }) => [name, 'list'] as const,
  list: ({ name }: { name: string }, search: string) => [name, 'list', search] as const,
  one: ({ name }: { name: string }, id: string) => [name, 'one', id] as const,
};

export interface Foreseen {
  id: string;
  /** What the object's fields will be. */
  fields: object;
  /** It goes to another list: an archived one, for example. */
  leavesLists?: boolean;
}

/** Shows a change wherever the object stands, before the API has agreed to it. Returns what takes it back. */
export async function foresee<P extends ResourcePath>(
  client: QueryClient,
  resource: Resource<P>,
  { id, fields, leavesLists = false }: Foreseen,
) {
  const everything = { queryKey: keys.all(resource) };
  await client.cancelQueries(everything);
  const before = client.getQueriesData(everything);
  const changed = (item: ItemOf<P>) => ({ ...item, ...fields });

  client.setQueryData<ItemOf<P>>(keys.one(resource, id), (item) => item && changed(item));
  client.setQueriesData<Page<ItemOf<P>>>({ queryKey: keys.lists(resource) }, (page) => {
    if (!page) return page;
    const kept = leavesLists ? page.results.filter((item) => item.id !== id) : page.results;
    return { ...page, results: kept.map((item) => (item.id === id ? changed(item) : item)) };
  });
  return () => before.forEach(([key, data]) => client.setQueryData(key, data));
}

/** After a change: lists on the screen are asked for again, others when they are next looked at. */
export function refreshLists(client: QueryClient, resource: { name: string }) {
  const queryKey = keys.lists(resource);
  client.removeQueries({ queryKey, type: 'inactive' });
  return client.invalidateQueries({ queryKey });
}

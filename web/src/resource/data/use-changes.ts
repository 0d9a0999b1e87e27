'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ActionBody, ActionOf, CreateBody, ItemOf, ResourcePath, UpdateBody } from '../paths';
import { etagOf, type Resource } from '../resource';
import { keys, refreshLists } from './cache';
import { useOptimistic } from './use-optimistic';

export function useCreate<P extends ResourcePath>(resource: Resource<P>) {
  const client = useQueryClient();
  return useMutation({
    /** `attempt`: one key per object that the person means to create, so that trying again makes no second. */
    mutationFn: ({ body, attempt }: { body: CreateBody<P>; attempt: string }) =>
      resource.create(body, attempt),
    onSuccess: (made) => client.setQueryData<ItemOf<P>>(keys.one(resource, made.id), made),
    // Also after a failure: an answer that was lost may have been yes.
    onSettled: () => void refreshLists(client, resource),
  });
}

interface Update<P extends ResourcePath> {
  id: string;
  changes: UpdateBody<P>;
  /** Of the version that the changes are based on: 412 `version_conflict` when someone was faster. */
  etag: string;
}

export function useUpdate<P extends ResourcePath>(resource: Resource<P>) {
  const client = useQueryClient();
  return useOptimistic(resource, {
    send: ({ id, changes, etag }: Update<P>) => resource.update(id, changes, etag),
    foreseen: ({ id, changes }) => ({ id, fields: changes }),
    onSuccess: (saved) => client.setQueryData<ItemOf<P>>(keys.one(resource, saved.id), saved),
  });
}

/** An action has an outcome of its own, so nothing is foreseen: the object is read again. */
export function useAction<P extends ResourcePath, A extends ActionOf<P>>(
  resource: Resource<P>,
  action: A,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ item, body }: { item: ItemOf<P>; body: ActionBody<P, A> }) =>
      resource.act(item.id, action, body, etagOf(item)),
    onSettled: (_answer, _error, { item }) => {
      void client.invalidateQueries({ queryKey: keys.one(resource, item.id) });
      void refreshLists(client, resource);
    },
  });
}

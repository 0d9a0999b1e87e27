'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ResourcePath } from '../paths';
import type { Resource } from '../resource';
import { foresee, keys, refreshLists, type Foreseen } from './cache';

interface Optimistic<Wanted, Answer> {
  send: (wanted: Wanted) => Promise<Answer>;
  foreseen: (wanted: Wanted) => Foreseen;
  onSuccess?: (answer: Answer) => void;
}

/**
 * A change that is seen at once. When the API refuses it, or cannot be reached, the old state comes back; the
 * mutation's `error` says why, for a FormProblem beside what was pressed.
 */
export function useOptimistic<P extends ResourcePath, Wanted, Answer>(
  resource: Resource<P>,
  { send, foreseen, onSuccess }: Optimistic<Wanted, Answer>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onMutate: (wanted) => foresee(client, resource, foreseen(wanted)),
    onSuccess: (answer) => onSuccess?.(answer),
    onError: (_error, wanted, takeBack) => {
      takeBack?.();
      // It may be refused because it is no longer what was seen.
      void client.invalidateQueries({ queryKey: keys.one(resource, foreseen(wanted).id) });
    },
    // Not waited for: without a connection that would be long.
    onSettled: () => void refreshLists(client, resource),
  });
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useProblemText } from '@/forms/form-problem';
import { showToast } from '@/ui/toast';
import { keys, refreshLists } from '../data/cache';
import { useOptimistic } from '../data/use-optimistic';
import { lastList } from '../list/last-list';
import type { Archivable, ArchivablePath, ItemOf } from '../paths';
import type { Resource } from '../resource';
import { useWords } from '../words';

/** Puts an object away and brings it back. `name` is what the person calls it. */
export function useArchiving<P extends ArchivablePath>(
  resource: Resource<P>,
  { id, archived_at: archivedAt }: Archivable,
  name: string,
) {
  const words = useWords(resource);
  const problemText = useProblemText();
  const router = useRouter();
  const client = useQueryClient();

  const restored = async (item: ItemOf<P>) => {
    client.setQueryData<ItemOf<P>>(keys.one(resource, id), item);
    await refreshLists(client, resource);
    router.refresh();
    showToast({ text: words('restoredToast', { name }) });
  };
  /** From the toast, when the page that it came from may be gone. */
  const undo = () => {
    resource
      .restore(id)
      .then(restored, (error: unknown) =>
        showToast({ text: problemText(error), action: { label: words('undo'), run: undo } }),
      );
  };

  const foreseen = (archived: boolean) => ({
    id,
    fields: { archived_at: archived ? new Date().toISOString() : null },
    leavesLists: true,
  });
  const archive = useOptimistic(resource, {
    send: () => resource.archive(id),
    foreseen: () => foreseen(true),
    onSuccess: () => {
      const action = { label: words('undo'), run: undo };
      showToast({ text: words('archivedToast', { name }), action });
    },
  });
  const restore = useOptimistic(resource, {
    send: () => resource.restore(id),
    foreseen: () => foreseen(false),
    onSuccess: (item) => void restored(item),
  });

  // Only while the object is still on the screen: a late answer takes nobody away from what they do by then.
  const toList = { onSuccess: () => router.push(lastList.get(resource)) };
  const under = archive.isPending ? 'archiving' : restore.isPending ? 'restoring' : undefined;
  return {
    archived: archivedAt !== null,
    turn: () => (archivedAt === null ? archive.mutate(undefined, toList) : restore.mutate()),
    under,
    problem: archive.error ?? restore.error,
  };
}

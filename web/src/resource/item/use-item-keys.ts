'use client';

import { useShortcuts } from '@/lib/use-shortcuts';
import { useCan } from '@/session/session-provider';
import { useGo } from '@/ui/use-go';
import { lastList } from '../list/last-list';
import type { Archivable, ArchivablePath } from '../paths';
import type { Resource } from '../resource';

/** E edits the object on the screen, Escape goes back to the list. */
export function useItemKeys<P extends ArchivablePath>(
  resource: Resource<P>,
  { id, archived_at: archivedAt }: Archivable,
) {
  const go = useGo();
  const canEdit = useCan(`${resource.name}.update`) && archivedAt === null;
  useShortcuts({
    e: canEdit && (() => go(`${resource.one(id)}/edit`)),
    Escape: () => go(lastList.get(resource)),
  });
}

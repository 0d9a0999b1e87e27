'use client';

import { Archive, ArchiveRestore, Pencil, Printer } from 'lucide-react';
import { FormProblem } from '@/forms/form-problem';
import { useCan } from '@/session/session-provider';
import { AppLink } from '@/ui/app-link';
import { Button } from '@/ui/button';
import { buttonStyles } from '@/ui/button-styles';
import type { Archivable, ArchivablePath } from '../paths';
import type { Resource } from '../resource';
import { useWords } from '../words';
import { useArchiving } from './use-archiving';

interface ItemActionsProps<P extends ArchivablePath> {
  resource: Resource<P>;
  item: Archivable;
  /** What the person calls the object. */
  name: string;
}

/** What can be done with the object on the screen, by who may. */
export function ItemActions<P extends ArchivablePath>({
  resource,
  item,
  name,
}: ItemActionsProps<P>) {
  const words = useWords(resource);
  const canUpdate = useCan(`${resource.name}.update`);
  const canArchive = useCan(`${resource.name}.archive`);
  const { archived, turn, under, problem } = useArchiving(resource, item, name);
  const Turn = archived ? ArchiveRestore : Archive;

  return (
    <div className="flex w-full flex-wrap gap-2 sm:w-auto print:hidden">
      {canUpdate && !archived && (
        <AppLink
          href={`${resource.one(item.id)}/edit`}
          aria-keyshortcuts="e"
          className={buttonStyles({ look: 'primary', className: 'max-sm:flex-1' })}
        >
          <Pencil aria-hidden="true" className="size-4" strokeWidth={1.75} />
          {words('edit')}
        </AppLink>
      )}
      {canArchive && (
        <Button
          look={archived ? 'primary' : undefined}
          busy={under !== undefined}
          className="max-sm:flex-1"
          onClick={turn}
        >
          {!under && <Turn aria-hidden="true" className="size-4" strokeWidth={1.75} />}
          {words(under ?? (archived ? 'restore' : 'archive'))}
        </Button>
      )}
      {/* Phones print from their own menu, and rarely. */}
      <Button className="max-sm:hidden" onClick={() => window.print()}>
        <Printer aria-hidden="true" className="size-4" strokeWidth={1.75} />
        {words('print')}
      </Button>
      {problem !== null && (
        <div className="w-full">
          <FormProblem error={problem} />
        </div>
      )}
    </div>
  );
}

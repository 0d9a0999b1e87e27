'use client';

import { Plus } from 'lucide-react';
import { useCan } from '@/session/session-provider';
import { AppLink } from '@/ui/app-link';
import { buttonStyles } from '@/ui/button-styles';
import { useWords } from '../words';

/** What the list of the resource of this name is called, and the way to one more for those who may. */
export function ListHeading({ name }: { name: string }) {
  const words = useWords({ name });
  const canCreate = useCan(`${name}.create`);
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
      <h1 className="text-2xl font-semibold">{words('title')}</h1>
      {canCreate && (
        <AppLink
          href={`/${name}/new`}
          className={buttonStyles({ look: 'primary', className: 'print:hidden' })}
        >
          <Plus aria-hidden="true" className="size-4" strokeWidth={2} />
          {words('new')}
        </AppLink>
      )}
    </div>
  );
}

'use client';

import { Archive, ArchiveRestore, Pencil, Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import { FormProblem } from '@/forms/form-problem';
import { useCan } from '@/session/session-provider';
import { AppLink } from '@/ui/app-link';
import { Button } from '@/ui/button';
import { buttonStyles } from '@/ui/button-styles';
import { useArchive } from './use-archive';

export function PatientActions({ patient }: { patient: Patient }) {
  const t = useTranslations('patients');
  const canUpdate = useCan('patients.update');
  const canArchive = useCan('patients.archive');
  const { archive, restore, busy, problem } = useArchive(patient);
  const archived = patient.archived_at !== null;

  return (
    <div className="flex w-full flex-wrap gap-2 sm:w-auto print:hidden">
      {canUpdate && !archived && (
        <AppLink
          href={`/patients/${patient.id}/edit`}
          aria-keyshortcuts="e"
          className={buttonStyles({ look: 'primary', className: 'max-sm:flex-1' })}
        >
          <Pencil aria-hidden="true" className="size-4" strokeWidth={1.75} />
          {t('edit')}
        </AppLink>
      )}
      {canArchive && !archived && (
        <Button busy={busy} className="max-sm:flex-1" onClick={archive}>
          {!busy && <Archive aria-hidden="true" className="size-4" strokeWidth={1.75} />}
          {busy ? t('archiving') : t('archive')}
        </Button>
      )}
      {canArchive && archived && (
        <Button look="primary" busy={busy} className="max-sm:flex-1" onClick={restore}>
          {!busy && <ArchiveRestore aria-hidden="true" className="size-4" strokeWidth={1.75} />}
          {busy ? t('restoring') : t('restore')}
        </Button>
      )}
      {/* Phones print from their own menu, and rarely. */}
      <Button className="max-sm:hidden" onClick={() => window.print()}>
        <Printer aria-hidden="true" className="size-4" strokeWidth={1.75} />
        {t('print')}
      </Button>
      {problem !== null && (
        <div className="w-full">
          <FormProblem error={problem} />
        </div>
      )}
    </div>
  );
}

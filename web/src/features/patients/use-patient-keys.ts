'use client';

import { useRouter } from 'next/navigation';
import type { Patient } from '@/api/types';
import { useShortcuts } from '@/lib/use-shortcuts';
import { useCan } from '@/session/session-provider';
import { lastList } from './last-list';

/** E edits the patient on the screen, Escape goes back to the list. */
export function usePatientKeys({ id, archived_at: archivedAt }: Patient) {
  const router = useRouter();
  const canEdit = useCan('patients.update') && archivedAt === null;
  useShortcuts({
    e: canEdit && (() => router.push(`/patients/${id}/edit`)),
    Escape: () => router.push(lastList.get()),
  });
}

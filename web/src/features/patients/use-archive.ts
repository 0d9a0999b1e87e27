'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import { useProblemText } from '@/forms/form-problem';
import { showToast } from '@/ui/toast';
import { PATIENTS } from './list-key';
import { patientsApi } from './patients-api';

export function useArchive({ id, name }: Patient) {
  const t = useTranslations('patients');
  const words = useProblemText();
  const router = useRouter();
  const queryClient = useQueryClient();
  const listsChanged = () => queryClient.invalidateQueries({ queryKey: [PATIENTS] });

  const restored = async () => {
    await listsChanged();
    router.refresh();
    showToast({ text: t('restoredToast', { name }) });
  };
  const restore = useMutation({ mutationFn: () => patientsApi.restore(id), onSuccess: restored });

  /** From the toast, when the page that it came from may be gone. */
  const undo = () => {
    patientsApi
      .restore(id)
      .then(restored, (error: unknown) =>
        showToast({ text: words(error), action: { label: t('undo'), run: undo } }),
      );
  };
  const archive = useMutation({
    mutationFn: () => patientsApi.archive(id),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: [PATIENTS] });
      router.push('/patients');
      showToast({ text: t('archivedToast', { name }), action: { label: t('undo'), run: undo } });
    },
  });

  return {
    archive: () => archive.mutate(),
    restore: () => restore.mutate(),
    busy: archive.isPending || restore.isPending,
    problem: archive.error ?? restore.error,
  };
}

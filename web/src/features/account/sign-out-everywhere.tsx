'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { goTo } from '@/features/auth/go-to-clinic';
import { forgetDrafts } from '@/forms/drafts';
import { FormProblem } from '@/forms/form-problem';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { sessionsApi } from './sessions-api';

/** Asks first: it ends the session of this device too. */
export function SignOutEverywhere({ onClose }: { onClose: () => void }) {
  const t = useTranslations('account');
  const queryClient = useQueryClient();
  const endAll = useMutation({
    mutationFn: sessionsApi.endAll,
    onSuccess: () => {
      queryClient.clear();
      forgetDrafts();
      goTo('/sign-in');
    },
  });
  return (
    <Dialog
      title={t('everywhereTitle')}
      text={t('everywhereText')}
      closeLabel={t('close')}
      onClose={onClose}
    >
      <div className="space-y-4">
        <FormProblem error={endAll.error} />
        <div className="flex flex-wrap gap-3">
          <Button look="danger" busy={endAll.isPending} onClick={() => endAll.mutate()}>
            {t('signOutEverywhere')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '@/api/api';
import { isProblemCode, SESSION_LOST } from '@/api/problem';
import { goTo } from '@/features/auth/go-to-clinic';
import { forgetDrafts } from '@/forms/drafts';
import { useProblemText } from '@/forms/form-problem';
import { showToast } from '@/ui/toast';

export function useSignOut() {
  const queryClient = useQueryClient();
  const words = useProblemText();
  const t = useTranslations('errors');

  return async function signOut() {
    try {
      await api.post('/auth/logout', {});
    } catch (error) {
      if (!isProblemCode(error, SESSION_LOST)) {
        showToast({
          text: words(error),
          action: { label: t('tryAgain'), run: () => void signOut() },
        });
        return;
      }
    }
    queryClient.clear();
    forgetDrafts();
    goTo('/sign-in');
  };
}

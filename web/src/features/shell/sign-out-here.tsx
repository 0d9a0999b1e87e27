'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '@/api/api';
import { goTo } from '@/features/auth/go-to-clinic';
import { forgetDrafts } from '@/forms/drafts';
import { FormProblem } from '@/forms/form-problem';
import { Button } from '@/ui/button';

/** The end of the session at a clinic that lets nobody in. The way on is another clinic's: nobody can sign in here. */
export function SignOutHere() {
  const t = useTranslations('errors');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  async function signOut() {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.post('/auth/logout', {});
      forgetDrafts();
      goTo('/session/elsewhere'); // Stays busy until the next document is there.
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }

  return (
    <>
      <Button busy={busy} onClick={() => void signOut()}>
        {t('signOut')}
      </Button>
      {problem !== undefined && (
        <div className="w-full text-left">
          <FormProblem error={problem} />
        </div>
      )}
    </>
  );
}

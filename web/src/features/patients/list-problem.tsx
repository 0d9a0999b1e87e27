'use client';

import { useTranslations } from 'next-intl';
import { FormProblem } from '@/forms/form-problem';
import { Button } from '@/ui/button';

export function ListProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations('patients');
  return (
    <div className="space-y-3 py-3">
      <FormProblem error={error} />
      <Button onClick={onRetry}>{t('tryAgain')}</Button>
    </div>
  );
}

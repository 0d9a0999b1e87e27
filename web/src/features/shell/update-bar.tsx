'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button';

export function UpdateBar({ onReload }: { onReload: () => void }) {
  const t = useTranslations('shell');
  return (
    <div
      role="status"
      className="fixed inset-x-4 top-3 z-40 mx-auto flex max-w-md items-center gap-3 rounded-card border border-line bg-surface py-2 pr-2 pl-4 text-lg shadow-menu sm:text-base"
    >
      <p className="flex-1">{t('updateReady')}</p>
      <Button look="primary" onClick={onReload}>
        {t('reload')}
      </Button>
    </div>
  );
}

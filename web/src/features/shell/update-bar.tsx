'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button';

interface UpdateBarProps {
  onReload: () => void;
  onClose: () => void;
}

export function UpdateBar({ onReload, onClose }: UpdateBarProps) {
  const t = useTranslations('shell');
  return (
    <div
      role="status"
      className="fixed inset-x-4 top-3 z-40 mx-auto flex max-w-md items-center gap-2 rounded-card border border-line bg-surface py-2 pr-2 pl-4 text-lg shadow-menu sm:text-base"
    >
      <p className="flex-1">{t('updateReady')}</p>
      <Button look="primary" onClick={onReload}>
        {t('reload')}
      </Button>
      <Button look="quiet" size="icon" aria-label={t('close')} onClick={onClose}>
        <X aria-hidden="true" className="size-4" strokeWidth={1.75} />
      </Button>
    </div>
  );
}

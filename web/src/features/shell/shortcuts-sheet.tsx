'use client';

import { useTranslations } from 'next-intl';
import { Dialog } from '@/ui/dialog';
import { ShortcutList } from './shortcut-list';
import { ShortcutSwitch } from './shortcut-switch';

export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('keys');
  return (
    <Dialog title={t('title')} closeLabel={t('close')} onClose={onClose}>
      <div className="space-y-5">
        <ShortcutList />
        <ShortcutSwitch />
      </div>
    </Dialog>
  );
}

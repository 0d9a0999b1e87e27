'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { shortcutsAreOn, shortcutSetting, turnShortcuts } from '@/lib/shortcut-switch';
import { Switch } from '@/ui/switch';

export function ShortcutSwitch() {
  const t = useTranslations('keys');
  const on = useSyncExternalStore(shortcutSetting.subscribe, shortcutsAreOn, () => true);
  return (
    <Switch
      id="shortcuts"
      label={t('switch')}
      help={t('switchHelp')}
      checked={on}
      onChange={turnShortcuts}
    />
  );
}

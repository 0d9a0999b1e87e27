'use client';

import { useSyncExternalStore } from 'react';
import { chosenTheme, themeSetting, type Theme } from './theme';

export function useTheme(): Theme {
  return useSyncExternalStore(themeSetting.subscribe, chosenTheme, () => 'system');
}

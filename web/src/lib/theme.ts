import { deviceSetting } from './device-setting';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'terrace-theme';
export const themeSetting = deviceSetting(KEY);

/**
 * Runs before the first paint, so that a chosen theme never flashes; and again when another tab chooses.
 */
export const THEME_SCRIPT = `try{var f=function(){var d=document.documentElement.dataset,t=localStorage.getItem('${KEY}');if(t==='light'||t==='dark')d.theme=t;else delete d.theme};f();addEventListener('storage',function(e){if(e.key==='${KEY}')f()})}catch(e){}`;

export function chosenTheme(): Theme {
  return THEMES.find((theme) => theme === themeSetting.get()) ?? 'system';
}

export function chooseTheme(theme: Theme) {
  themeSetting.set(theme === 'system' ? null : theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

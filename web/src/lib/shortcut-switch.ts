import { deviceSetting } from './device-setting';

/** WCAG 2.1.4: keys of one character can be turned off, on this device. */
export const shortcutSetting = deviceSetting('terrace-shortcuts');

export function shortcutsAreOn(): boolean {
  return shortcutSetting.get() !== 'off';
}

export function turnShortcuts(on: boolean) {
  shortcutSetting.set(on ? null : 'off');
}

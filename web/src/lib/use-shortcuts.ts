'use client';

import { useEffect, useEffectEvent } from 'react';
import { shortcutsAreOn } from './shortcut-switch';

/** A falsy one leaves its key alone. */
type Shortcuts = Record<string, (() => void) | false | undefined>;

/** How long the second key of two may take. */
const PAIR_MS = 1_500;

/**
 * Runs on keys pressed outside of fields, dialogs and menus: `n`, `ArrowDown`, or two in a row, `g p`.
 * Keys of one character are silent while they are turned off.
 */
export function useShortcuts(shortcuts: Shortcuts) {
  const onKey = useEffectEvent((name: string, event: KeyboardEvent) => {
    const run = shortcuts[name];
    if (!run || event.defaultPrevented) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    let waiting = { key: '', until: 0 };
    const listener = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || isElsewhere(event.target)) return;
      const key = nameOf(event);
      if (key.length === 1 && !shortcutsAreOn()) return;
      const second = waiting.key !== '' && event.timeStamp < waiting.until;
      waiting = { key: key === 'g' ? key : '', until: event.timeStamp + PAIR_MS };
      onKey(second ? `g ${key}` : key, event);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

function isElsewhere(target: EventTarget | null) {
  const typing =
    target instanceof Element && target.closest('input,select,textarea,[contenteditable]');
  return typing || document.querySelector('[role=dialog],[role=menu]');
}

/** A key by its Latin letter: a keyboard switched to Devanagari has the same keys in the same places. */
function nameOf({ key, code, shiftKey }: KeyboardEvent) {
  if (/^[!-~]+$/.test(key)) return key.length === 1 ? key.toLowerCase() : key;
  if (code === 'Slash') return shiftKey ? '?' : '/';
  if (code === 'BracketLeft') return '[';
  if (code === 'BracketRight') return ']';
  return /^Key[A-Z]$/.test(code) ? code.charAt(3).toLowerCase() : key;
}

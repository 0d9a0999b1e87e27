'use client';

import { useRef, type KeyboardEvent } from 'react';
import { useShortcuts } from '@/lib/use-shortcuts';

/**
 * j and k go through the rows by their links, and so do the arrows once one of them has the focus:
 * before that they scroll the page. Enter then opens, being on a link.
 */
export function useRowKeys() {
  const rows = useRef<HTMLTableSectionElement>(null);
  const go = (step: 1 | -1) => {
    const links = Array.from(rows.current?.querySelectorAll<HTMLElement>('tr a') ?? []);
    const at = links.findIndex((link) => link === document.activeElement);
    const next = at < 0 ? links.at(step > 0 ? 0 : -1) : links[at + step];
    next?.focus();
  };
  useShortcuts({ j: () => go(1), k: () => go(-1) });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    go(event.key === 'ArrowDown' ? 1 : -1);
  };
  return { ref: rows, onKeyDown };
}

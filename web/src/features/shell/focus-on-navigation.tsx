'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

/**
 * Puts the focus where a person goes on after a page has changed under them: back up, on the link they
 * came down by; else on the heading. A page that focuses a field of its own is left alone.
 */
export function FocusOnNavigation() {
  const here = usePathname();
  const before = useRef(here);
  useEffect(() => {
    const from = before.current;
    before.current = here;
    const content = document.getElementById('content');
    if (from === here || !content || content.querySelector(':is(input, select):focus')) return;
    const link = from.startsWith(`${here}/`) && content.querySelector<HTMLElement>(hrefIs(from));
    if (link) return link.focus();
    const heading = content.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  }, [here]);
  return null;
}

const hrefIs = (path: string) => `a[href=${JSON.stringify(path)}]`;

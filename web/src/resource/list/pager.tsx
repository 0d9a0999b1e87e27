'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useShortcuts } from '@/lib/use-shortcuts';
import { buttonStyles } from '@/ui/button-styles';
import type { Words } from '../words';
import { goTo } from './use-list';

interface PagerProps {
  words: Words;
  /** The addresses of the neighbours, as far as there are any. */
  previous?: string;
  next?: string;
  /** Newest first: then pages are newer or older, else previous or next. */
  byTime: boolean;
}

export function Pager({ words, previous, next, byTime }: PagerProps) {
  useShortcuts({
    '[': previous !== undefined && (() => turn(previous)),
    ']': next !== undefined && (() => turn(next)),
  });
  if (!previous && !next) return null;
  return (
    <nav
      aria-label={words('pages')}
      tabIndex={-1}
      className="flex items-center justify-between gap-3 py-4 print:hidden"
    >
      <PageLink url={previous} keys="[">
        <ChevronLeft aria-hidden="true" className="size-4" strokeWidth={1.75} />
        {words(byTime ? 'newer' : 'previous')}
      </PageLink>
      <PageLink url={next} keys="]">
        {words(byTime ? 'older' : 'next')}
        <ChevronRight aria-hidden="true" className="size-4" strokeWidth={1.75} />
      </PageLink>
    </nav>
  );
}

interface PageLinkProps {
  url?: string;
  keys: string;
  children: ReactNode;
}

function PageLink({ url, keys, children }: PageLinkProps) {
  if (!url) return <span />;
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    turn(url);
  };
  return (
    <a
      ref={keepPlace}
      href={url}
      aria-keyshortcuts={keys}
      className={buttonStyles()}
      onClick={onClick}
    >
      {children}
    </a>
  );
}

/** On the last page the link that led there goes away: its place keeps the focus, and no other link takes it. */
function keepPlace(link: HTMLAnchorElement) {
  return () => {
    if (link === document.activeElement) link.closest('nav')?.focus({ preventScroll: true });
  };
}

function turn(url: string) {
  goTo(url);
  window.scrollTo({ top: 0 });
}

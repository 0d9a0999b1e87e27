'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { MouseEvent, ReactNode } from 'react';
import type { PatientPage } from '@/api/types';
import { buttonStyles } from '@/ui/button-styles';
import { cursorOf, type ListQuery } from './list-query';
import { listUrl, showList } from './use-patient-list';

/** Newer and Older where the newest come first; in any other order, Previous and Next. */
export function ListPager({ page, query }: { page: PatientPage; query: ListQuery }) {
  const t = useTranslations('patients');
  const previous = cursorOf(page.previous);
  const next = cursorOf(page.next);
  if (!previous && !next) return null;
  const byTime = query.ordering === '-created_at';
  return (
    <nav
      aria-label={t('pages')}
      className="flex items-center justify-between gap-3 py-4 print:hidden"
    >
      <PageLink query={query} cursor={previous}>
        <ChevronLeft aria-hidden="true" className="size-4" strokeWidth={1.75} />
        {byTime ? t('newer') : t('previous')}
      </PageLink>
      <PageLink query={query} cursor={next}>
        {byTime ? t('older') : t('next')}
        <ChevronRight aria-hidden="true" className="size-4" strokeWidth={1.75} />
      </PageLink>
    </nav>
  );
}

interface PageLinkProps {
  query: ListQuery;
  cursor: string | null;
  children: ReactNode;
}

function PageLink({ query, cursor, children }: PageLinkProps) {
  if (!cursor) return <span />;
  const target = { ...query, cursor };
  const turn = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    showList(target);
    window.scrollTo({ top: 0 });
  };
  return (
    <a href={listUrl(target)} className={buttonStyles()} onClick={turn}>
      {children}
    </a>
  );
}

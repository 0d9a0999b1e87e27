'use client';

import { useLastList } from '../list/last-list';
import { BackLink } from './back-link';

/** Leads to the list as it was left: with its search, filters and page. */
export function BackToList({ path, label }: { path: string; label: string }) {
  return <BackLink href={useLastList({ path })} label={label} />;
}

'use client';

import { useState } from 'react';
import { rememberColumns } from './column-memory';
import type { List, ListState } from './list';
import { goTo } from './use-list';
import type { ResourcePath } from '../paths';

/** The columns that somebody chose: the URL says, else this device remembers. */
export function useColumns<P extends ResourcePath>(
  list: List<P>,
  state: ListState,
  remembered?: string[],
) {
  const [lastChosen, setLastChosen] = useState(remembered);
  const choose = (columns: string[] | undefined) => {
    rememberColumns(list.resource, columns);
    setLastChosen(columns);
    goTo(list.url({ ...state, columns }), { replace: true });
  };
  return { chosen: state.columns ?? lastChosen, choose };
}

'use client';

import { useMutation } from '@tanstack/react-query';
import type { ResourcePath } from '../paths';
import type { List, ListState } from './list';

/**
 * Saves the list as a file. The browser fetches it by itself, as a stream, outside of the client that renews
 * the session and words what is wrong: so one row of the list is asked for first.
 */
export function useDownload<P extends ResourcePath>(list: List<P>, state: ListState) {
  return useMutation({
    mutationFn: async () => {
      const params = new URLSearchParams(list.search({ ...state, cursor: '' }));
      params.set('limit', '1');
      await list.resource.list(params.toString());
      save(list.csv(state));
    },
  });
}

function save(href: string) {
  const link = document.createElement('a');
  link.href = href;
  // An answer that is a refusal does not take the page's place.
  link.download = '';
  link.click();
}

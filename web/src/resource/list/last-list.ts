'use client';

import { useSyncExternalStore } from 'react';

interface Listed {
  page: string;
}

const last = new Map<string, string>();

/** A list as it was last looked at in this tab, with its search and page: Back leads there. */
export const lastList = {
  get: ({ page }: Listed) => last.get(page) ?? page,
  set: ({ page }: Listed, url: string) => void last.set(page, url),
};

const subscribe = () => () => undefined;

export function useLastList(resource: Listed): string {
  return useSyncExternalStore(
    subscribe,
    () => lastList.get(resource),
    () => resource.page,
  );
}

'use client';

import { useSyncExternalStore } from 'react';

interface Listed {
  path: string;
}

const last = new Map<string, string>();

/** A list as it was last looked at in this tab, with its search and page: Back leads there. */
export const lastList = {
  get: ({ path }: Listed) => last.get(path) ?? path,
  set: ({ path }: Listed, url: string) => void last.set(path, url),
};

const subscribe = () => () => undefined;

export function useLastList(resource: Listed): string {
  return useSyncExternalStore(
    subscribe,
    () => lastList.get(resource),
    () => resource.path,
  );
}

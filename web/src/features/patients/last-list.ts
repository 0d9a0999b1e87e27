'use client';

import { useSyncExternalStore } from 'react';

const LIST = '/patients';

let last = LIST;

/** The list as it was last looked at in this tab, with its search and page: Back leads there. */
export const lastList = {
  get: () => last,
  set: (url: string) => {
    last = url;
  },
};

const subscribe = () => () => undefined;

export function useLastList(): string {
  return useSyncExternalStore(subscribe, lastList.get, () => LIST);
}

'use client';

import { lazy, Suspense, useSyncExternalStore } from 'react';
import { connection } from '@/api/connection';
import { usePreload } from '@/lib/use-preload';

const load = () => import('./connection-bar');
const ConnectionBar = lazy(async () => ({ default: (await load()).ConnectionBar }));

/** Says at the top that the server is out of reach, for as long as it is. */
export function ConnectionNotice() {
  const up = useSyncExternalStore(connection.subscribe, connection.isUp, () => true);
  usePreload(load);
  return (
    <div role="status" className="sticky top-0 z-20 print:hidden">
      {!up && (
        <Suspense>
          <ConnectionBar />
        </Suspense>
      )}
    </div>
  );
}

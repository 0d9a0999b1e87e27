'use client';

import { lazy, Suspense, useEffect, useState } from 'react';

const UpdateBar = lazy(async () => ({ default: (await import('./update-bar')).UpdateBar }));

/** Registers sw.js, and offers a newer version when one waits. */
export function ServiceWorker() {
  const [waiting, setWaiting] = useState<globalThis.ServiceWorker | null>(null);

  useEffect(() => {
    if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return;
    let stop: (() => void) | undefined;
    let gone = false;
    void import('./watch-service-worker').then(({ watchServiceWorker }) => {
      if (!gone) stop = watchServiceWorker(setWaiting);
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, []);

  return (
    waiting && (
      <Suspense>
        <UpdateBar onReload={() => waiting.postMessage('skip-waiting')} />
      </Suspense>
    )
  );
}

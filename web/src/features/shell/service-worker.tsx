'use client';

import { lazy, Suspense, useEffect, useState } from 'react';

const UpdateBar = lazy(async () => ({ default: (await import('./update-bar')).UpdateBar }));

/** Registers sw.js, and offers a newer version when one is there. */
export function ServiceWorker() {
  const [newer, setNewer] = useState<{ load: () => void }>();

  useEffect(() => {
    if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return;
    let stop: (() => void) | undefined;
    let gone = false;
    void import('./watch-service-worker').then(({ watchServiceWorker }) => {
      if (!gone) stop = watchServiceWorker({ onNewer: (load) => setNewer({ load }) });
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, []);

  return (
    newer && (
      <Suspense>
        {/* Closed, it comes back with the next visit, or with a still newer version. */}
        <UpdateBar onReload={newer.load} onClose={() => setNewer(undefined)} />
      </Suspense>
    )
  );
}

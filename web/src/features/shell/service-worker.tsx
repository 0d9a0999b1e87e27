'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/ui/button';

const HOUR_MS = 3_600_000;

/** Registers sw.js, and offers a newer version when one waits. */
export function ServiceWorker() {
  const t = useTranslations('shell');
  const [waiting, setWaiting] = useState<globalThis.ServiceWorker | null>(null);

  useEffect(() => {
    if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return;
    return watch(setWaiting);
  }, []);

  if (!waiting) return null;
  return (
    <div
      role="status"
      className="fixed inset-x-4 top-3 z-40 mx-auto flex max-w-md items-center gap-3 rounded-card border border-line bg-surface py-2 pr-2 pl-4 text-lg shadow-menu sm:text-base"
    >
      <p className="flex-1">{t('updateReady')}</p>
      <Button look="primary" onClick={() => waiting.postMessage('skip-waiting')}>
        {t('reload')}
      </Button>
    </div>
  );
}

function watch(onWaiting: (worker: globalThis.ServiceWorker | null) => void) {
  const workers = navigator.serviceWorker;
  // The first installation takes the page over too: no reason to load it again.
  const hadController = workers.controller !== null;
  let registration: ServiceWorkerRegistration | undefined;
  let stopped = false;

  const look = () => hadController && !stopped && onWaiting(registration?.waiting ?? null);
  const update = () => void registration?.update().catch(() => undefined);
  const onVisible = () => document.visibilityState === 'visible' && update();
  const onControllerChange = () => hadController && window.location.reload();

  void workers
    .register('/sw.js', { updateViaCache: 'none' })
    .then((made) => {
      registration = made;
      look();
      made.addEventListener('updatefound', () =>
        made.installing?.addEventListener('statechange', look),
      );
    })
    .catch(() => undefined);
  workers.addEventListener('controllerchange', onControllerChange);
  document.addEventListener('visibilitychange', onVisible);
  const timer = setInterval(update, HOUR_MS);
  return () => {
    stopped = true;
    clearInterval(timer);
    workers.removeEventListener('controllerchange', onControllerChange);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

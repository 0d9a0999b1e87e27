const HOUR_MS = 3_600_000;

/** Registers sw.js and tells of a newer version that waits; returns how to stop. */
export function watchServiceWorker(onWaiting: (worker: ServiceWorker | null) => void) {
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

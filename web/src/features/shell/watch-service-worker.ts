import { openForms } from '@/forms/drafts';

const HOUR_MS = 3_600_000;

interface Watching {
  /** A newer version is there; `load` brings it. */
  onNewer: (load: () => void) => void;
  reload?: () => void;
}

/** Registers sw.js and tells of a newer version; returns how to stop. */
export function watchServiceWorker({
  onNewer,
  reload = () => window.location.reload(),
}: Watching): () => void {
  const workers = navigator.serviceWorker;
  // The first installation takes the page over too: no reason to load it again.
  const hadController = workers.controller !== null;
  let registration: ServiceWorkerRegistration | undefined;
  let asked = false;
  let stopped = false;

  const look = () => {
    const worker = registration?.waiting;
    if (!worker || !hadController || stopped) return;
    onNewer(() => {
      asked = true;
      worker.postMessage('skip-waiting');
    });
  };
  const update = () => void registration?.update().catch(() => undefined);
  const onVisible = () => document.visibilityState === 'visible' && update();
  // Asked for here or in another tab. Nobody's half-filled form goes because of another tab.
  const onControllerChange = () => {
    if (!hadController) return;
    if (asked || !openForms.areHalfFilled()) reload();
    else onNewer(reload);
  };

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

'use client';

import { lazy, Suspense, useSyncExternalStore } from 'react';
import { toastStore } from './toast';

const ToastCard = lazy(async () => ({ default: (await import('./toast-card')).ToastCard }));

/** Confirms what was done, with a way back. Errors never stand here: they belong beside their cause. */
export function Toaster({ label, closeLabel }: { label: string; closeLabel: string }) {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get, toastStore.get);
  return (
    <section
      aria-label={label}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-40 flex flex-col items-center gap-2 print:hidden sm:inset-x-auto sm:right-6 sm:bottom-6 sm:items-end"
    >
      {toasts.map((toast) => (
        <Suspense key={toast.id}>
          <ToastCard toast={toast} closeLabel={closeLabel} />
        </Suspense>
      ))}
    </section>
  );
}

import { startTransition, useSyncExternalStore } from 'react';

/** What Next's router was asked to do. */
export const router = { push: jest.fn(), replace: jest.fn(), refresh: jest.fn() };

/** The next page is slow to come: React waits for it, as it does for Next's, until the returned function is called. */
export function slowPage() {
  const page = Promise.withResolvers<void>();
  router.push.mockImplementationOnce(() => startTransition(() => page.promise));
  return () => {
    page.resolve();
    return page.promise;
  };
}

const listeners = new Set<() => void>();

for (const method of ['pushState', 'replaceState'] as const) {
  const original = window.history[method].bind(window.history);
  window.history[method] = (...args) => {
    original(...args);
    listeners.forEach((listener) => listener());
  };
}

function useLocationPart(read: () => string) {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    read,
    read,
  );
}

export const useRouter = () => router;
export const usePathname = () => useLocationPart(() => window.location.pathname);
export const useSearchParams = () =>
  new URLSearchParams(useLocationPart(() => window.location.search));

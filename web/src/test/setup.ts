import '@testing-library/jest-dom';
import { act, configure } from '@testing-library/react';
import { dismissToast, toastStore } from '@/ui/toast';
import { server } from './server';

// Parts loaded on demand are compiled at their first use.
configure({ asyncUtilTimeout: 10_000 });

// Tests of the web server's own code run without a window.
if (typeof window !== 'undefined') {
  Object.defineProperty(window, 'matchMedia', {
    value: (media: string) => ({ media, matches: true }),
  });
  window.scrollTo = () => undefined;

  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => {
    server.resetHandlers();
    act(() => toastStore.get().forEach(({ id }) => dismissToast(id)));
    localStorage.clear();
    sessionStorage.clear();
    window.history.replaceState(null, '', '/');
  });
  afterAll(() => server.close());
}

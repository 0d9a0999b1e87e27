import '@testing-library/jest-dom';
import { act } from '@testing-library/react';
import { dismissToast, toastStore } from '@/ui/toast';
import { server } from './server';

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

import { format } from 'node:util';
import '@testing-library/jest-dom';
import { act, configure } from '@testing-library/react';
import { dismissToast, toastStore } from '@/ui/toast';
import { server } from './server';

// What React, jsdom or we complain of is a fault of the code, or of a test that does not wait for what it starts.
const { error: complain } = console;
const complaints: string[] = [];
console.error = (...words: unknown[]) => {
  complaints.push(format(...words));
  complain(...words);
};
afterEach(() => expect(complaints.splice(0)).toEqual([]));

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

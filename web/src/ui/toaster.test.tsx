import { act, render, screen } from '@testing-library/react';
import { showToast } from './toast';
import { Toaster } from './toaster';

const EIGHT_SECONDS = 8_000;

/** Its code is loaded at the first toast, which fake time would keep from coming. */
async function show(text: string) {
  render(<Toaster label="Notifications" closeLabel="Close" />);
  act(() => showToast({ text, action: { label: 'Undo', run: () => undefined } }));
  await screen.findByText(text);
}

beforeEach(async () => {
  await import('./toast-card');
  jest.useFakeTimers({ advanceTimers: true });
});
afterEach(() => jest.useRealTimers());

test('a toast goes by itself after a while', async () => {
  await show('Asha Rao is archived.');
  act(() => jest.advanceTimersByTime(EIGHT_SECONDS));
  expect(screen.queryByText('Asha Rao is archived.')).not.toBeInTheDocument();
});

test('it stays while its button has the focus, and goes after it has lost it', async () => {
  await show('Asha Rao is archived.');
  act(() => screen.getByRole('button', { name: 'Undo' }).focus());
  act(() => jest.advanceTimersByTime(2 * EIGHT_SECONDS));
  expect(screen.getByText('Asha Rao is archived.')).toBeVisible();
  act(() => screen.getByRole('button', { name: 'Undo' }).blur());
  act(() => jest.advanceTimersByTime(EIGHT_SECONDS));
  expect(screen.queryByText('Asha Rao is archived.')).not.toBeInTheDocument();
});

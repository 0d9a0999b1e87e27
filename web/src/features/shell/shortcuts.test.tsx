import { act, screen, waitFor, within } from '@testing-library/react';
import { connection } from '@/api/connection';
import { router } from '@/test/next-navigation';
import { renderApp } from '@/test/render';
import { Shortcuts } from './shortcuts';

afterEach(() => router.push.mockClear());

test('every page leads to the list, a new patient, the search and the account', async () => {
  const { user } = renderApp(<Shortcuts canCreate />);
  await user.keyboard('n/gpga');
  expect(router.push.mock.calls.flat()).toEqual([
    '/patients/new',
    '/patients#search',
    '/patients',
    '/account',
  ]);
});

test('who may not add patients has no key for it', async () => {
  const { user } = renderApp(<Shortcuts canCreate={false} />);
  await user.keyboard('n');
  expect(router.push).not.toHaveBeenCalled();
});

test('while the server is out of reach no key leads away from what was typed', async () => {
  const { user } = renderApp(<Shortcuts canCreate />);
  act(() => connection.report(false));
  await user.keyboard('ngp');
  expect(router.push).not.toHaveBeenCalled();
  act(() => connection.report(true));
});

test('a question mark shows all keys, where they can be turned off', async () => {
  const { user } = renderApp(<Shortcuts canCreate />);
  await user.keyboard('?');
  const sheet = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  expect(within(sheet).getByText('New patient')).toBeVisible();

  await user.click(within(sheet).getByRole('switch', { name: 'Shortcuts of a single key' }));
  expect(within(sheet).getByRole('switch')).not.toBeChecked();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(sheet).not.toBeInTheDocument());

  await user.keyboard('n');
  expect(router.push).not.toHaveBeenCalled();
});

test('closing the sheet gives the focus back', async () => {
  const { user } = renderApp(
    <>
      <button type="button">Patients</button>
      <Shortcuts canCreate />
    </>,
  );
  await user.tab();
  await user.keyboard('?');
  await screen.findByRole('dialog');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Patients' })).toHaveFocus());
});

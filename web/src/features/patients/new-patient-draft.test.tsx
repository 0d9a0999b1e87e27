import { act, screen, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { sessionLost } from '@/api/session-events';
import { forgetDrafts } from '@/forms/drafts';
import { router } from '@/test/next-navigation';
import { aPatient, me } from '@/test/render';
import { answer } from '@/test/server';
import { field, fill, keyOf, leave, open, save } from './testing/new-patient-form';

const DRAFT = 'terrace-draft:/patients/new';

function hide() {
  const state = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  state.mockRestore();
}

/** Drafts come back once the page stands. */
const afterRestoring = () => act(() => new Promise((resolve) => setTimeout(resolve)));

afterEach(leave);

test('what was typed when the session ended is back when the form is opened again', async () => {
  const first = open();
  await first.user.type(field(/^Full name/), 'Half Typed');
  act(() => sessionLost.emit());
  first.unmount();

  const { user } = open();
  await waitFor(() => expect(field(/^Full name/)).toHaveValue('Half Typed'));
  await user.click(await screen.findByRole('button', { name: 'Start empty' }));
  expect(field(/^Full name/)).toHaveValue('');
});

test('what could not be sent is kept through a reload, and is still one and the same patient', async () => {
  const lost = answer('post', '/patients', () => HttpResponse.error());
  const first = open();
  await fill(first.user);
  await first.user.click(save());
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent(
    'The server could not be reached. Try again. What you typed is kept.',
  );
  expect(alert).toHaveFocus();
  first.unmount();

  const created = answer('post', '/patients', () => aPatient({ id: 'new-1' }));
  const { user } = open();
  await waitFor(() => expect(field(/^Full name/)).toHaveValue('Asha Rao'));
  await user.click(save());
  await waitFor(() => expect(router.push).toHaveBeenCalledWith('/patients/new-1'));
  expect(keyOf(created[0])).toBe(keyOf(lost[0]));
});

test('every try that fails keeps what is typed by then', async () => {
  const lost = answer('post', '/patients', () => HttpResponse.error());
  const { user } = open();
  await fill(user);
  await user.click(save());
  await waitFor(() => expect(sessionStorage.getItem(DRAFT)).toContain('Asha Rao'));

  await user.type(field(/^City/), 'Nagpur');
  await user.click(save());
  await waitFor(() => expect(lost).toHaveLength(2));
  await waitFor(() => expect(sessionStorage.getItem(DRAFT)).toContain('Nagpur'));
});

test.each([
  ['reloaded', () => void window.dispatchEvent(new Event('pagehide'))],
  ['put out of sight on a phone', hide],
])('what was typed is kept when the page is %s', async (_how, goes) => {
  const { user } = open();
  await user.type(field(/^Full name/), 'Half Typed');
  act(goes);
  const kept = sessionStorage.getItem(DRAFT);
  expect(kept).toContain('Half Typed');

  await user.clear(field(/^Full name/));
  act(goes);
  expect(sessionStorage).toHaveLength(0);
});

test('who looks at a possible match and comes back finds what was typed', async () => {
  const first = open({ searched: 'Asha' });
  await first.user.type(field(/^Full name/), ' Rao');
  first.unmount();

  const second = open({ searched: 'Asha' });
  await waitFor(() => expect(field(/^Full name/)).toHaveValue('Asha Rao'));
  expect(await screen.findByText(/^What you typed before is back/)).toBeVisible();
  second.unmount();
  // The key for a new patient, pressed by mistake.
  open();
  await waitFor(() => expect(field(/^Full name/)).toHaveValue('Asha Rao'));
});

test('a draft of one patient is not laid over another who was searched for in vain', async () => {
  const first = open();
  await first.user.type(field(/^Full name/), 'Half Typed');
  first.unmount();

  const second = open({ searched: '98450 12345' });
  await afterRestoring();
  expect(field(/^Full name/)).toHaveValue('');
  expect(field(/^Phone/)).toHaveValue('98450 12345');
  second.unmount();
  open();
  await waitFor(() => expect(field(/^Full name/)).toHaveValue('Half Typed'));
});

test('nothing is kept where nothing was typed, or after Cancel', async () => {
  const untouched = open({ searched: 'Asha' });
  untouched.unmount();
  expect(sessionStorage).toHaveLength(0);

  const { user, unmount } = open();
  await user.type(field(/^Full name/), 'Half Typed');
  act(hide);
  await user.click(screen.getByRole('link', { name: 'Cancel' }));
  expect(sessionStorage).toHaveLength(0);
  unmount();
  expect(sessionStorage).toHaveLength(0);
});

test('Cancel without a connection leads nowhere, and what was typed is still kept', async () => {
  const offline = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const { user, unmount } = open();
  await user.type(field(/^Full name/), 'Half Typed');
  await user.click(screen.getByRole('link', { name: 'Cancel' }));
  expect(router.push).not.toHaveBeenCalled();
  offline.mockRestore();
  unmount();
  expect(sessionStorage.getItem(DRAFT)).toContain('Half Typed');
});

test('signing out leaves nothing, and nothing is kept as the page goes', async () => {
  const { user, unmount } = open();
  await user.type(field(/^Full name/), 'Half Typed');
  act(hide);
  act(forgetDrafts);
  act(() => void window.dispatchEvent(new Event('pagehide')));
  unmount();
  expect(sessionStorage).toHaveLength(0);
});

test('drafts of others at this desk, of yesterday and of an older app are wiped, not shown', async () => {
  const values = { name: 'Half Typed' };
  const draft = { userId: me.user.id, at: Date.now(), attempt: 'a', about: '', start: {}, values };
  const stored = {
    [DRAFT]: { ...draft, userId: 'user-2' },
    'terrace-draft:/patients/1/edit': { ...draft, at: Date.now() - 13 * 3_600_000 },
    'terrace-draft:/patients/2/edit': { userId: me.user.id, values, attempt: 'a' },
    'terrace-draft:/patients/3/edit': draft,
  };
  for (const [key, value] of Object.entries(stored)) {
    sessionStorage.setItem(key, JSON.stringify(value));
  }
  open();
  await waitFor(() => expect(sessionStorage).toHaveLength(1));
  expect(sessionStorage.getItem('terrace-draft:/patients/3/edit')).not.toBeNull();
  expect(field(/^Full name/)).toHaveValue('');
});

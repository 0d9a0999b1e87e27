import { act, screen, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { connection } from '@/api/connection';
import { sessionLost } from '@/api/session-events';
import { forgetDrafts } from '@/forms/drafts';
import { router, slowPage } from '@/test/next-navigation';
import { aPatient, me, renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import { toastStore } from '@/ui/toast';
import { NewPatient } from './new-patient';

const field = (label: RegExp) => screen.getByLabelText(label);
const save = () => screen.getByRole('button', { name: 'Save patient' });

function open(props = {}) {
  answer('get', '/patients/duplicates', () => ({ results: [] }));
  return renderApp(<NewPatient {...props} />);
}

async function fill(user: ReturnType<typeof open>['user']) {
  await user.type(field(/^Full name/), 'Asha Rao');
  await user.click(screen.getByRole('radio', { name: 'Female' }));
  await user.type(screen.getByRole('textbox', { name: 'Age' }), '34');
}

afterEach(() => {
  router.push.mockClear();
  act(() => connection.report(true));
});

test('where there is a keyboard the phone is asked for first', () => {
  open();
  expect(field(/^Phone/)).toHaveFocus();
});

test('who has begun to type before the page came alive stays where they are', () => {
  const early = document.body.appendChild(document.createElement('input'));
  early.focus();
  open();
  expect(early).toHaveFocus();
  early.remove();
});

test('what is wrong stands beside its field, and nothing is sent', async () => {
  const created = answer('post', '/patients', () => aPatient());
  const { user } = open();
  await user.type(field(/^Phone/), '12345');
  await user.type(field(/^PIN code/), '012345');
  await user.type(field(/^E-mail/), 'asha');

  await user.click(save());

  await waitFor(() => expect(field(/^Full name/)).toHaveAccessibleDescription(/patient’s name/));
  expect(field(/^Phone/)).toHaveAccessibleDescription(/10 digits/);
  expect(field(/^PIN code/)).toHaveAccessibleDescription(/6 digits/);
  expect(field(/^E-mail/)).toHaveAccessibleDescription(/asha@example.com/);
  expect(screen.getByRole('group', { name: 'Sex' })).toHaveAccessibleDescription('Choose one.');
  expect(screen.getByRole('textbox', { name: 'Age' })).toHaveAccessibleDescription(/Enter the age/);
  expect(screen.getByText('6 fields need a look')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Sex: Choose one.' })).toHaveAttribute('href', '#sex');
  expect(created).toHaveLength(0);
});

test.each([
  ['thirty', /whole years/],
  ['131', /130 at most/],
])('an age of %s is refused', async (age, message) => {
  const { user } = open();
  const input = screen.getByRole('textbox', { name: 'Age' });
  await user.type(input, age);
  await user.click(save());
  await waitFor(() => expect(input).toHaveAccessibleDescription(message));
});

test('a patient is sent as the API wants it, once, and opened', async () => {
  const created = answer('post', '/patients', () => aPatient({ id: 'new-1' }));
  const { user } = open();
  await fill(user);
  await user.type(field(/^Phone/), '098450 12345');
  await user.selectOptions(field(/^Whose phone/), 'Own');

  await user.click(save());

  await waitFor(() => expect(router.push).toHaveBeenCalledWith('/patients/new-1'));
  expect(created).toHaveLength(1);
  expect(created[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await created[0]?.json()).toEqual({
    name: 'Asha Rao',
    sex: 'female',
    age: 34,
    phone: '+919845012345',
    phone_relation: 'self',
    guardian_name: null,
    email: null,
    address: null,
    city: null,
    pincode: null,
  });
});

test('a second try after a failure carries the same key', async () => {
  const created = answer('post', '/patients', () => problem(503, 'unavailable'));
  const { user } = open();
  await fill(user);

  await user.click(save());
  expect(await screen.findByText(/server is busy/)).toBeVisible();
  await user.click(save());
  await waitFor(() => expect(created).toHaveLength(2));

  const keys = created.map((request) => request.headers.get('idempotency-key'));
  expect(new Set(keys).size).toBe(1);
});

const keyOf = (request: Request | undefined) => request?.headers.get('idempotency-key');

test('a second press while the patient’s page is on its way makes no second patient', async () => {
  const created = answer('post', '/patients', () => aPatient({ id: 'new-1' }));
  const arrive = slowPage();
  const { user } = open();
  await fill(user);
  await user.click(save());
  await waitFor(() => expect(router.push).toHaveBeenCalledWith('/patients/new-1'));

  const saving = screen.getByRole('button', { name: 'Saving' });
  expect(saving).toHaveAttribute('aria-busy', 'true');
  await user.click(saving);
  await user.keyboard('{Control>}{Enter}{/Control}');
  act(() => connection.report(false));

  expect(created).toHaveLength(1);
  expect(sessionStorage).toHaveLength(0);
  await act(arrive);
});

test('who asks for a new patient meanwhile finds the form empty, for another patient', async () => {
  const created = answer('post', '/patients', () => aPatient({ id: 'new-1' }));
  const arrive = slowPage();
  const { user } = open();
  await fill(user);
  await user.click(save());
  await waitFor(() => expect(router.push).toHaveBeenCalledTimes(1));

  await act(arrive);
  await waitFor(() => expect(field(/^Full name/)).toHaveValue(''));
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  await fill(user);
  await user.click(save());
  await waitFor(() => expect(created).toHaveLength(2));
  expect(keyOf(created[1])).not.toBe(keyOf(created[0]));
});

test('an answer that comes when the person is elsewhere says so, and leads nowhere', async () => {
  const slow = Promise.withResolvers<void>();
  answer('post', '/patients', async () => {
    await slow.promise;
    return aPatient({ id: 'new-1' });
  });
  const { user, unmount } = open();
  await fill(user);
  await user.click(save());
  unmount();

  slow.resolve();
  await waitFor(() => expect(toastStore.get()).toHaveLength(1));
  expect(router.push).not.toHaveBeenCalled();
  expect(sessionStorage).toHaveLength(0);
});

test('the API’s objections stand beside their fields; that of the hidden birth field moves', async () => {
  answer('post', '/patients', () =>
    problem(400, 'validation_failed', {
      errors: {
        phone: [{ code: 'invalid', message: 'Not a number.' }],
        date_of_birth: [{ code: 'required', message: 'Give an age or a date of birth.' }],
      },
    }),
  );
  const { user } = open();
  await fill(user);

  await user.click(save());

  await waitFor(() => expect(field(/^Phone/)).toHaveAccessibleDescription(/10 digits/));
  expect(screen.getByRole('textbox', { name: 'Age' })).toHaveAccessibleDescription(/Enter the age/);
});

test('patients who may be the same are shown while typing, and block nothing', async () => {
  const { user } = open();
  const asked = answer('get', '/patients/duplicates', () => ({ results: [aPatient()] }));

  await user.type(field(/^Full name/), 'Asha');

  const match = await screen.findByRole('link', { name: /Asha Rao.*No. 7.*about 34 y/ });
  expect(match).toHaveAttribute('href', '/patients/patient-1');
  expect(new URL(asked.at(-1)?.url ?? '').searchParams.get('name')).toBe('Asha');
  expect(save()).toBeEnabled();
});

test('possible matches stay while one types on, and go with what they matched', async () => {
  const { user } = open();
  const slow = Promise.withResolvers<void>();
  const asked = answer('get', '/patients/duplicates', async (request) => {
    if (!request.url.endsWith('name=Asha')) await slow.promise;
    return { results: [aPatient()] };
  });
  const match = () => screen.queryByRole('link', { name: /No. 7/ });
  await user.type(field(/^Full name/), 'Asha');
  await waitFor(() => expect(match()).toBeVisible());
  const shown = match();

  await user.type(field(/^Full name/), ' R');
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(match()).toBe(shown);
  slow.resolve();

  await user.clear(field(/^Full name/));
  await waitFor(() => expect(match()).not.toBeInTheDocument());
});

test('a phone of another country stands without +91, and is looked up too', async () => {
  const { user } = open();
  const asked = answer('get', '/patients/duplicates', () => ({ results: [aPatient()] }));
  expect(screen.getByText('+91')).toBeVisible();

  await user.type(field(/^Phone/), '+44 20 7946 0958');
  expect(field(/^Phone/)).toHaveValue('+44 20 7946 0958');
  expect(field(/^Phone/)).toHaveFocus();
  expect(screen.queryByText('+91')).not.toBeInTheDocument();
  await screen.findByRole('link', { name: /No. 7/ });
  expect(new URL(asked.at(-1)?.url ?? '').searchParams.get('phone')).toBe('+442079460958');

  await user.clear(field(/^Phone/));
  expect(screen.getByText('+91')).toBeVisible();
});

test('a guardian is asked for under 18 only, and whose phone only with a phone', async () => {
  const { user } = open();
  const age = screen.getByRole('textbox', { name: 'Age' });

  await user.type(age, '17');
  expect(field(/^Guardian/)).toBeVisible();
  await user.clear(age);
  await user.type(age, '18');
  expect(screen.queryByLabelText(/^Guardian/)).not.toBeInTheDocument();
  expect(screen.queryByLabelText(/^Whose phone/)).not.toBeInTheDocument();
});

test.each([
  ['98450 12345', /^Phone/],
  ['(0)98450-12345', /^Phone/],
  ['Asha', /^Full name/],
])('what was searched for in vain is filled in: %s', (searched, where) => {
  open({ searched });
  expect(field(where)).toHaveValue(searched);
});

test('the last digits of a phone number, and the number of a patient, are the beginning of nothing', () => {
  open({ searched: '12345' });
  expect(field(/^Phone/)).toHaveValue('');
  expect(field(/^Full name/)).toHaveValue('');
});

test('what was typed when the session ended is back when the form is opened again', async () => {
  const first = open();
  await first.user.type(field(/^Full name/), 'Half Typed');
  act(() => sessionLost.emit());
  first.unmount();

  const { user } = open();
  await waitFor(() => expect(field(/^Full name/)).toHaveValue('Half Typed'));
  await user.click(screen.getByRole('button', { name: 'Start empty' }));
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

const DRAFT = 'terrace-draft:/patients/new';

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

function hide() {
  const state = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  state.mockRestore();
}

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
  expect(screen.getByText(/^What you typed before is back/)).toBeVisible();
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

/** Drafts come back once the page stands. */
const afterRestoring = () => act(() => new Promise((resolve) => setTimeout(resolve)));

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

test('Ctrl and Enter save from any field', async () => {
  const created = answer('post', '/patients', () => aPatient({ id: 'new-1' }));
  const { user } = open();
  await fill(user);
  await user.click(field(/^Address/));
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(created).toHaveLength(1));
});

test('Escape leaves an untouched form, and never one with something in it', async () => {
  const { user } = open();
  await waitFor(() => expect(field(/^Phone/)).toHaveFocus());
  await user.keyboard('{Escape}');
  expect(router.push).not.toHaveBeenCalled();

  act(() => field(/^Phone/).blur());
  await user.keyboard('{Escape}');
  expect(router.push).toHaveBeenCalledTimes(1);

  await user.type(field(/^Full name/), 'A');
  act(() => field(/^Full name/).blur());
  await user.keyboard('{Escape}');
  expect(router.push).toHaveBeenCalledTimes(1);
});

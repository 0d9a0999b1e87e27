import { act, screen, waitFor } from '@testing-library/react';
import { connection } from '@/api/connection';
import { router, slowPage } from '@/test/next-navigation';
import { aPatient } from '@/test/render';
import { answer, problem } from '@/test/server';
import { toastStore } from '@/ui/toast';
import { field, fill, keyOf, leave, open, save } from './testing/new-patient-form';

afterEach(leave);

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
  expect(await screen.findByText('6 fields need a look')).toBeVisible();
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
])('what was searched for in vain is filled in, and looked up: %s', async (searched, where) => {
  open({ searched });
  answer('get', '/patients/duplicates', () => ({ results: [aPatient()] }));
  expect(field(where)).toHaveValue(searched);
  expect(await screen.findByRole('link', { name: /No. 7/ })).toBeVisible();
});

test('the last digits of a phone number, and the number of a patient, are the beginning of nothing', () => {
  open({ searched: '12345' });
  expect(field(/^Phone/)).toHaveValue('');
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

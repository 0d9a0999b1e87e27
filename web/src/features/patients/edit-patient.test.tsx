import { act, screen, waitFor } from '@testing-library/react';
import { delay, HttpResponse } from 'msw';
import type { Patient } from '@/api/types';
import { keys } from '@/resource/data/cache';
import { router, slowPage } from '@/test/next-navigation';
import { aPatient, renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import { toastStore } from '@/ui/toast';
import { EditPatient } from './edit-patient';
import { patients } from './patients';

const field = (label: RegExp) => screen.getByLabelText(label);
const open = (patient = aPatient(), etag = '"1-aaa"') =>
  renderApp(<EditPatient patient={patient} etag={etag} />);

afterEach(() => {
  router.push.mockClear();
  router.refresh.mockClear();
});

/** Someone else has moved the patient to Kochi and noted an e-mail. */
function changedMeanwhile() {
  const latest = aPatient({ version: 2, city: 'Kochi', email: 'asha@example.com' });
  answer('get', '/patients/patient-1', () =>
    HttpResponse.json(latest, { headers: { etag: '"2-bbb"' } }),
  );
  return answer('patch', '/patients/patient-1', (request) =>
    request.headers.get('if-match') === '"2-bbb"'
      ? aPatient({ version: 3 })
      : problem(412, 'version_conflict'),
  );
}

test('only what was changed is sent, on the version it is based on', async () => {
  const patched = answer('patch', '/patients/patient-1', () => aPatient({ version: 2 }));
  const { user } = open();
  await user.clear(field(/^City/));
  await user.type(field(/^City/), 'Nagpur');

  await user.click(screen.getByRole('button', { name: 'Save patient' }));

  await waitFor(() => expect(router.push).toHaveBeenCalledWith('/patients/patient-1'));
  expect(patched[0]?.headers.get('if-match')).toBe('"1-aaa"');
  expect(await patched[0]?.json()).toEqual({ city: 'Nagpur' });
});

test('a change stands in the lists at once; refused, it is taken back and said beside its field', async () => {
  answer('get', '/patients/patient-1', () => aPatient());
  const refusal = { errors: { city: [{ code: 'max_length', message: 'Too long.' }] } };
  answer('patch', '/patients/patient-1', async () => {
    await delay(50);
    return problem(400, 'validation_failed', refusal);
  });
  const { user, queryClient } = open();
  const page = { results: [aPatient()], next: null, previous: null };
  const cached = [keys.list(patients, ''), keys.one(patients, 'patient-1')] as const;
  queryClient.setQueryData(cached[0], page);
  queryClient.setQueryData(cached[1], aPatient());
  const cities = () => [
    queryClient.getQueryData<{ results: Patient[] }>(cached[0])?.results[0]?.city,
    queryClient.getQueryData<Patient>(cached[1])?.city,
  ];
  const seen: unknown[] = [];
  queryClient.getQueryCache().subscribe(() => seen.push(cities().join()));

  await user.clear(field(/^City/));
  await user.type(field(/^City/), 'Nagpur');
  await user.click(screen.getByRole('button', { name: 'Save patient' }));

  expect(await screen.findByText('Use at most 100 characters.')).toBeVisible();
  expect(seen).toContain('Nagpur,Nagpur');
  expect(queryClient.getQueryData<Patient>(cached[1])?.city).toBe('Pune');
  expect(field(/^City/)).toHaveValue('Nagpur');
  expect(router.push).not.toHaveBeenCalled();
});

test('while the patient’s page is on its way Save is busy: what is saved collides with nothing', async () => {
  const patched = answer('patch', '/patients/patient-1', () => aPatient({ version: 2 }));
  const arrive = slowPage();
  const { user } = open();
  await user.type(field(/^City/), ' City');
  await user.click(screen.getByRole('button', { name: 'Save patient' }));
  await waitFor(() => expect(router.push).toHaveBeenCalledWith('/patients/patient-1'));

  await user.click(screen.getByRole('button', { name: 'Saving' }));
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(patched).toHaveLength(1);
  await act(arrive);
});

test('an answer that comes when the person is elsewhere leads nowhere', async () => {
  const slow = Promise.withResolvers<void>();
  answer('patch', '/patients/patient-1', async () => {
    await slow.promise;
    return aPatient({ version: 2 });
  });
  const { user, unmount } = open();
  await user.type(field(/^City/), ' City');
  await user.click(screen.getByRole('button', { name: 'Save patient' }));
  unmount();

  slow.resolve();
  await waitFor(() => expect(toastStore.get()).toHaveLength(1));
  expect(router.push).not.toHaveBeenCalled();
  expect(router.refresh).not.toHaveBeenCalled();
});

test('saving without a change sends nothing', async () => {
  const { user } = open();
  await user.click(screen.getByRole('button', { name: 'Save patient' }));
  await waitFor(() => expect(router.push).toHaveBeenCalledWith('/patients/patient-1'));
});

test('a date of birth takes the place of an age', async () => {
  const patched = answer('patch', '/patients/patient-1', () => aPatient({ version: 2 }));
  const { user } = open();
  await user.click(screen.getByRole('radio', { name: 'Date of birth' }));
  await user.type(
    screen.getByLabelText('Date of birth', { selector: '[type=date]' }),
    '1990-09-21',
  );

  await user.click(screen.getByRole('button', { name: 'Save patient' }));

  await waitFor(() => expect(patched).toHaveLength(1));
  expect(await patched[0]?.json()).toEqual({ date_of_birth: '1990-09-21' });
});

test('a change by someone else is shown; mine is kept, theirs is taken where I changed nothing', async () => {
  const patched = changedMeanwhile();
  const { user } = open();
  await user.clear(field(/^City/));
  await user.type(field(/^City/), 'Nagpur');

  await user.click(screen.getByRole('button', { name: 'Save patient' }));

  expect(await screen.findByText('Someone else changed this')).toBeVisible();
  expect(screen.getByText(/now: Kochi/)).toBeVisible();
  expect(field(/^City/)).toHaveValue('Nagpur');
  expect(field(/^E-mail/)).toHaveValue('asha@example.com');
  expect(router.push).not.toHaveBeenCalled();

  await user.click(screen.getByRole('button', { name: 'Keep mine and save' }));
  await waitFor(() => expect(router.push).toHaveBeenCalledWith('/patients/patient-1'));
  expect(await patched.at(-1)?.json()).toEqual({ city: 'Nagpur' });
});

test('the newer version can be taken instead', async () => {
  changedMeanwhile();
  const { user } = open();
  await user.clear(field(/^City/));
  await user.type(field(/^City/), 'Nagpur');
  await user.click(screen.getByRole('button', { name: 'Save patient' }));

  await user.click(await screen.findByRole('button', { name: 'Take the newer version' }));

  expect(field(/^City/)).toHaveValue('Kochi');
  expect(screen.queryByText('Someone else changed this')).not.toBeInTheDocument();
});

async function leftHalfChanged() {
  const { user, unmount } = open();
  await user.clear(field(/^City/));
  await user.type(field(/^City/), 'Nagpur');
  unmount();
}

test('of a half-changed patient only the change is kept', async () => {
  await leftHalfChanged();
  const kept: unknown = JSON.parse(
    sessionStorage.getItem('terrace-draft:/patients/patient-1/edit') ?? '',
  );
  expect(kept).toMatchObject({ start: { city: 'Pune' }, values: { city: 'Nagpur' } });
  expect(JSON.stringify(kept)).not.toContain('Asha');
});

test('a change that comes back leaves alone what someone else changed meanwhile', async () => {
  await leftHalfChanged();
  const patched = answer('patch', '/patients/patient-1', () => aPatient({ version: 3 }));
  const { user } = open(aPatient({ version: 2, email: 'asha@example.com' }), '"2-bbb"');
  expect(await screen.findByText(/^What you typed before is back/)).toBeVisible();
  expect(field(/^City/)).toHaveValue('Nagpur');
  expect(field(/^E-mail/)).toHaveValue('asha@example.com');
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();

  await user.click(screen.getByRole('button', { name: 'Save patient' }));
  await waitFor(() => expect(patched).toHaveLength(1));
  expect(await patched[0]?.json()).toEqual({ city: 'Nagpur' });
  expect(sessionStorage).toHaveLength(0);
});

test('a change that comes back to one by someone else is shown beside it, until it is decided', async () => {
  await leftHalfChanged();
  const theirs = aPatient({ version: 2, city: 'Kochi' });
  const first = open(theirs, '"2-bbb"');
  expect(await screen.findByText('Someone else changed this')).toBeVisible();
  expect(screen.getByText(/now: Kochi/)).toBeVisible();
  expect(field(/^City/)).toHaveValue('Nagpur');
  first.unmount();

  const patched = answer('patch', '/patients/patient-1', () => aPatient({ version: 3 }));
  const { user } = open(theirs, '"2-bbb"');
  await user.click(await screen.findByRole('button', { name: 'Keep mine and save' }));
  await waitFor(() => expect(patched).toHaveLength(1));
  expect(patched[0]?.headers.get('if-match')).toBe('"2-bbb"');
  expect(await patched[0]?.json()).toEqual({ city: 'Nagpur' });
});

test('the newer version can be taken instead of a change that came back', async () => {
  await leftHalfChanged();
  const { user, unmount } = open(aPatient({ version: 2, city: 'Kochi' }), '"2-bbb"');
  await user.click(await screen.findByRole('button', { name: 'Take the newer version' }));
  expect(field(/^City/)).toHaveValue('Kochi');
  expect(screen.queryByText('Someone else changed this')).not.toBeInTheDocument();
  unmount();
  expect(sessionStorage).toHaveLength(0);
});

test('a change that is there already, as after an answer that was lost, is no change', async () => {
  await leftHalfChanged();
  const { unmount } = open(aPatient({ version: 2, city: 'Nagpur' }), '"2-bbb"');
  await act(() => new Promise((resolve) => setTimeout(resolve)));
  expect(screen.queryByText(/^What you typed before/)).not.toBeInTheDocument();
  unmount();
  expect(sessionStorage).toHaveLength(0);
});

test('changes that came back can be dropped', async () => {
  await leftHalfChanged();
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Drop my changes' }));
  expect(field(/^City/)).toHaveValue('Pune');
  expect(sessionStorage).toHaveLength(0);
});

test('a stored phone of another country stands without +91', () => {
  open(aPatient({ phone: '+442079460958' }));
  expect(field(/^Phone/)).toHaveValue('+442079460958');
  expect(screen.queryByText('+91')).not.toBeInTheDocument();
});

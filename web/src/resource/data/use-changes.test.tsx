import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, type JsonBodyType } from 'msw';
import type { Patient } from '@/api/types';
import { FormProblem } from '@/forms/form-problem';
import { aPatient, renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import { etagOf, resource } from '../resource';
import { keys } from './cache';
import { useAction, useCreate, useUpdate } from './use-changes';
import { useOne } from './use-one';

const patients = resource('/patients');

function City({ first }: { first: Patient }) {
  const patient = useOne(patients, first);
  const update = useUpdate(patients);
  const move = () =>
    update.mutate({ id: patient.id, changes: { city: 'Kochi' }, etag: etagOf(patient) });
  return (
    <>
      <p>
        {patient.city}, version {patient.version}
      </p>
      <button onClick={move}>Move</button>
      <FormProblem error={update.error} />
    </>
  );
}

/** Answers when what is shown meanwhile has been looked at. */
function held(respond: () => JsonBodyType | Response) {
  const seen = Promise.withResolvers<void>();
  const later = async () => {
    await seen.promise;
    return respond();
  };
  return { later, answer: seen.resolve };
}

const listed = (client: ReturnType<typeof renderApp>['queryClient']) =>
  client.getQueryData<{ results: Patient[] }>(keys.list(patients, ''))?.results[0]?.city;

function open(first = aPatient()) {
  const view = renderApp(<City first={first} />);
  const page = { results: [first], next: null, previous: null };
  view.queryClient.setQueryData(keys.list(patients, ''), page);
  return view;
}

test('a change is shown at once, in lists too, and then as the API has it', async () => {
  const api = held(() => aPatient({ city: 'Kochi', version: 2 }));
  const sent = answer('patch', '/patients/patient-1', api.later);
  const { user, queryClient } = open();
  await user.click(screen.getByRole('button', { name: 'Move' }));

  expect(await screen.findByText('Kochi, version 1')).toBeVisible();
  expect(listed(queryClient)).toBe('Kochi');
  api.answer();
  expect(await screen.findByText('Kochi, version 2')).toBeVisible();
  expect(sent[0]?.headers.get('if-match')).toBe('"1"');
  expect(await sent[0]?.json()).toEqual({ city: 'Kochi' });
  // Whether it still belongs to the list, and where, only the API can say.
  expect(listed(queryClient)).toBeUndefined();
});

test.each([
  ['409', () => problem(409, 'slug_taken'), 'detail of slug_taken'],
  ['503', () => problem(503, 'unavailable'), 'The server is busy'],
  ['no answer', () => HttpResponse.error(), 'could not be reached'],
])('refused by %s it is taken back, and the reason is said', async (_how, respond, reason) => {
  answer('get', '/patients/patient-1', () => aPatient());
  const api = held(respond);
  answer('patch', '/patients/patient-1', api.later);
  const { user } = open();
  await user.click(screen.getByRole('button', { name: 'Move' }));

  expect(await screen.findByText('Kochi, version 1')).toBeVisible();
  api.answer();
  expect(await screen.findByText('Pune, version 1')).toBeVisible();
  expect(screen.getByRole('alert')).toHaveTextContent(reason);
});

test('412: someone was faster, and what they made of it is shown', async () => {
  answer('get', '/patients/patient-1', () => aPatient({ city: 'Nagpur', version: 2 }));
  const api = held(() => problem(412, 'version_conflict'));
  answer('patch', '/patients/patient-1', api.later);
  const { user } = open();
  await user.click(screen.getByRole('button', { name: 'Move' }));

  expect(await screen.findByText('Kochi, version 1')).toBeVisible();
  api.answer();
  expect(await screen.findByText('Nagpur, version 2')).toBeVisible();
  expect(screen.getByRole('alert')).toHaveTextContent('Someone else changed this meanwhile');
});

test('of the page’s object and the browser’s the newer version is shown', () => {
  const view = open(aPatient({ version: 3, city: 'Kochi' }));
  expect(screen.getByText('Kochi, version 3')).toBeVisible();
  view.queryClient.setQueryData(keys.one(patients, 'patient-1'), aPatient({ version: 2 }));
  expect(screen.getByText('Kochi, version 3')).toBeVisible();
});

function Register() {
  const create = useCreate(patients);
  const restore = useAction(patients, 'restore');
  const body = { name: 'Asha Rao', sex: 'female' as const, age: 34 };
  return (
    <>
      <button onClick={() => create.mutate({ body, attempt: 'key-1' })}>Add</button>
      <button onClick={() => restore.mutate({ item: aPatient(), body: {} })}>Restore</button>
      {create.data?.name}
      {restore.data?.version}
    </>
  );
}

test('what is created is sent with its key, and lists are asked for anew', async () => {
  const sent = answer('post', '/patients', () => aPatient());
  const { user, queryClient } = renderApp(<Register />);
  queryClient.setQueryData(keys.list(patients, ''), { results: [] });
  await user.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText('Asha Rao')).toBeVisible();
  expect(sent[0]?.headers.get('idempotency-key')).toBe('key-1');
  expect(queryClient.getQueryData(keys.list(patients, ''))).toBeUndefined();
});

test('an action is sent for the version that was seen', async () => {
  const sent = answer('post', '/patients/patient-1/restore', () => aPatient({ version: 2 }));
  const { user } = renderApp(<Register />);
  await user.click(screen.getByRole('button', { name: 'Restore' }));
  await waitFor(() => expect(sent[0]?.headers.get('if-match')).toBe('"1"'));
});

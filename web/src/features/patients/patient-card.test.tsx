import { screen, waitFor } from '@testing-library/react';
import { delay, HttpResponse } from 'msw';
import { router } from '@/test/next-navigation';
import { aPatient, me, renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import { lastList } from '@/resource/list/last-list';
import { toastStore } from '@/ui/toast';
import { PatientCard } from './patient-card';
import { patients } from './patients';

afterEach(() => {
  router.push.mockClear();
  lastList.set(patients, patients.path);
});

test('archiving can be undone', async () => {
  const archived = answer(
    'delete',
    '/patients/patient-1',
    () => new HttpResponse(null, { status: 204 }),
  );
  const restored = answer('post', '/patients/patient-1/restore', () => aPatient());
  const { user } = renderApp(<PatientCard patient={aPatient()} household={[]} />);

  await user.click(screen.getByRole('button', { name: 'Archive' }));
  expect(await screen.findByText('Asha Rao is archived.')).toBeVisible();
  expect(archived).toHaveLength(1);
  expect(router.push).toHaveBeenCalledWith('/patients');

  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('Asha Rao is back in the list.')).toBeVisible();
  expect(restored).toHaveLength(1);
});

test('archiving leads to the list as it was left', async () => {
  answer('delete', '/patients/patient-1', () => new HttpResponse(null, { status: 204 }));
  lastList.set(patients, '/patients?search=98450');
  const { user } = renderApp(<PatientCard patient={aPatient()} household={[]} />);
  await user.click(screen.getByRole('button', { name: 'Archive' }));
  await waitFor(() => expect(router.push).toHaveBeenCalledWith('/patients?search=98450'));
});

test('an archive whose answer comes when the person is elsewhere can be undone, and leads nowhere', async () => {
  const slow = Promise.withResolvers<void>();
  answer('delete', '/patients/patient-1', async () => {
    await slow.promise;
    return new HttpResponse(null, { status: 204 });
  });
  const { user, unmount } = renderApp(<PatientCard patient={aPatient()} household={[]} />);
  await user.click(screen.getByRole('button', { name: 'Archive' }));
  unmount();

  slow.resolve();
  await waitFor(() => expect(toastStore.get()[0]?.action?.label).toBe('Undo'));
  expect(router.push).not.toHaveBeenCalled();
});

test('an archive is shown at once; refused, it is taken back and says why beside the button', async () => {
  answer('get', '/patients/patient-1', () => aPatient());
  answer('delete', '/patients/patient-1', async () => {
    await delay(50);
    return problem(403, 'permission_denied');
  });
  const { user } = renderApp(<PatientCard patient={aPatient()} household={[]} />);
  await user.click(screen.getByRole('button', { name: 'Archive' }));

  expect(await screen.findByText(/^Archived on/)).toBeVisible();
  expect(await screen.findByText('Your role does not allow this.')).toBeVisible();
  expect(screen.queryByText(/^Archived on/)).not.toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Edit' })).toBeVisible();
  expect(router.push).not.toHaveBeenCalled();
});

test('an archived patient can be restored, not edited', async () => {
  const restored = answer('post', '/patients/patient-1/restore', () => aPatient());
  const patient = aPatient({ archived_at: '2026-11-21T05:00:00Z' });
  const { user } = renderApp(<PatientCard patient={patient} household={[]} />);

  expect(screen.getByText(/Archived on 21 Nov 2026/)).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Restore' }));
  await waitFor(() => expect(restored).toHaveLength(1));
});

test('who may only read sees no way to change', () => {
  renderApp(<PatientCard patient={aPatient()} household={[]} />, {
    as: { ...me, permissions: ['patients.read'] },
  });
  expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Archive' })).not.toBeInTheDocument();
});

test('the others on the same phone are listed', () => {
  const child = aPatient({ id: 'child', name: 'Aarav Rao', age: 0, phone_relation: 'parent' });
  renderApp(<PatientCard patient={aPatient()} household={[child]} />);
  expect(screen.getByRole('link', { name: /Aarav Rao.*under 1 y.*Parent’s/ })).toHaveAttribute(
    'href',
    '/patients/child',
  );
});

test('E edits and Escape goes back, for who may', async () => {
  const { user, unmount } = renderApp(<PatientCard patient={aPatient()} household={[]} />);
  await user.keyboard('e{Escape}');
  expect(router.push.mock.calls.flat()).toEqual(['/patients/patient-1/edit', '/patients']);
  unmount();
  router.push.mockClear();

  renderApp(<PatientCard patient={aPatient()} household={[]} />, {
    as: { ...me, permissions: ['patients.read'] },
  });
  await user.keyboard('e');
  expect(router.push).not.toHaveBeenCalled();
});

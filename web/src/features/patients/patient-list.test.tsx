import { act, screen, waitFor, within } from '@testing-library/react';
import { aPatient, me, renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import type { PatientPage } from '@/api/types';
import { BackToList } from '@/resource/item/back-to-list';
import { NewPatient } from './new-patient';
import { PatientList } from './patient-list';

const page = (changed: Partial<PatientPage> = {}): PatientPage => ({
  results: [aPatient()],
  next: null,
  previous: null,
  ...changed,
});
const askedFor = (request: Request | undefined) => new URL(request?.url ?? '').search;
const at = (url: string) => act(() => window.history.replaceState(null, '', url));

test('a row shows name, number, age, sex and phone, and opens by the name', async () => {
  answer('get', '/patients', () => page());
  renderApp(<PatientList />);

  const row = await screen.findByRole('row', { name: /Asha Rao/ });
  expect(row).toHaveTextContent('7');
  expect(row).toHaveTextContent('about 34 y · Female');
  expect(row).toHaveTextContent('+91 98450 12345');
  expect(row).toHaveTextContent('20 Nov 2026');
  expect(within(row).getByRole('link')).toHaveAttribute('href', '/patients/patient-1');
});

test('an empty register invites to add the first patient', async () => {
  answer('get', '/patients', () => page({ results: [] }));
  renderApp(<PatientList />);
  expect(await screen.findByText('Your patients will be listed here')).toBeVisible();
  expect(screen.getByRole('link', { name: 'New patient' })).toHaveAttribute(
    'href',
    '/patients/new',
  );
});

test('who may not add patients is not invited to', async () => {
  answer('get', '/patients', () => page({ results: [] }));
  renderApp(<PatientList />, { as: { ...me, permissions: ['patients.read'] } });
  expect(await screen.findByText('Your patients will be listed here')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'New patient' })).not.toBeInTheDocument();
});

test('filters without a match offer to be cleared', async () => {
  at('/patients?search=zzz&sex=male');
  const asked = answer('get', '/patients', (request) =>
    request.url.includes('zzz') ? page({ results: [] }) : page(),
  );
  const { user } = renderApp(<PatientList />);

  expect(await screen.findByText(/Nobody matches “zzz”/)).toBeVisible();
  expect(askedFor(asked[0])).toBe('?search=zzz&sex=male');
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));

  expect(await screen.findByRole('row', { name: /Asha Rao/ })).toBeVisible();
  expect(window.location.search).toBe('');
});

test('who was searched for in vain is added with what was searched for', async () => {
  at('/patients?search=%2B91+98450-12345');
  answer('get', '/patients', () => page({ results: [] }));
  const list = renderApp(<PatientList />);
  const link = await screen.findByRole('link', { name: 'New patient' });
  const { pathname, searchParams } = new URL(link.getAttribute('href') ?? '', 'http://asha');
  expect(pathname).toBe('/patients/new');
  list.unmount();

  answer('get', '/patients/duplicates', () => ({ results: [aPatient()] }));
  renderApp(<NewPatient searched={searchParams.get('search') ?? ''} />);
  expect(screen.getByLabelText(/^Phone/)).toHaveValue('+91 98450-12345');
  expect(await screen.findByRole('link', { name: /No. 7/ })).toBeVisible();
});

test('a search that was cut short says that somebody may be missing', async () => {
  answer('get', '/patients', () => page({ truncated: true }));
  renderApp(<PatientList />);
  expect(await screen.findByText(/Type more letters to see everybody/)).toBeVisible();
});

test('a failure says so and can be tried again', async () => {
  answer('get', '/patients', () => problem(503, 'unavailable'));
  const { user } = renderApp(<PatientList />);
  expect(await screen.findByRole('alert')).toHaveTextContent(/server is busy/);
  expect(screen.getByRole('alert')).toHaveTextContent('Reference req-1');

  answer('get', '/patients', () => page());
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('row', { name: /Asha Rao/ })).toBeVisible();
});

test('typing searches once it pauses, from the first page, and the URL keeps it', async () => {
  at('/patients?cursor=abc');
  const asked = answer('get', '/patients', () => page());
  const { user } = renderApp(<PatientList />);
  await screen.findByRole('row', { name: /Asha Rao/ });

  await user.keyboard('/');
  expect(screen.getByRole('searchbox')).toHaveFocus();
  await user.keyboard('98450');

  await waitFor(() => expect(window.location.search).toBe('?search=98450'));
  await waitFor(() => expect(askedFor(asked.at(-1))).toBe('?search=98450'));
  expect(asked).toHaveLength(2);
});

test('a filter that is chosen before typing has paused is kept', async () => {
  answer('get', '/patients', () => page());
  const { user } = renderApp(<PatientList />);
  await user.type(screen.getByRole('searchbox'), 'asha');
  await user.selectOptions(screen.getByRole('combobox', { name: /Sex/ }), 'Female');
  await waitFor(() => expect(window.location.search).toBe('?search=asha&sex=female'));
});

test('sex, status and order are filters of the URL', async () => {
  const asked = answer('get', '/patients', () => page());
  const { user } = renderApp(<PatientList />);
  await screen.findByRole('row', { name: /Asha Rao/ });

  await user.selectOptions(screen.getByRole('combobox', { name: /Sex/ }), 'Female');
  await user.selectOptions(screen.getByRole('combobox', { name: /Status/ }), 'Archived');
  await user.click(screen.getByRole('button', { name: 'Name' }));

  const query = '?sex=female&archived=true&ordering=name';
  await waitFor(() => expect(askedFor(asked.at(-1))).toBe(query));
  expect(window.location.search).toBe(query);
  expect(screen.getByRole('button', { name: 'Name' }).closest('th')).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
});

test('older and newer follow the API’s cursors and keep the filters', async () => {
  at('/patients?sex=female');
  const asked = answer('get', '/patients', (request) =>
    request.url.includes('cursor=two')
      ? page({ previous: '/api/v1/patients?sex=female&cursor=one' })
      : page({ next: '/api/v1/patients?sex=female&cursor=two' }),
  );
  const { user } = renderApp(<PatientList />);

  await user.click(await screen.findByRole('link', { name: 'Older' }));
  expect(await screen.findByRole('link', { name: 'Newer' })).toBeVisible();
  expect(askedFor(asked.at(-1))).toBe('?sex=female&cursor=two');
  expect(window.location.search).toBe('?sex=female&cursor=two');
});

test('j and k go through the rows from anywhere, the arrows from the search and between rows', async () => {
  const patients = ['Asha Rao', 'Bina Shah'].map((name) => aPatient({ id: name, name }));
  answer('get', '/patients', () => page({ results: patients }));
  const { user } = renderApp(<PatientList />);
  const [first, second] = [
    await screen.findByRole('link', { name: 'Asha Rao' }),
    screen.getByRole('link', { name: 'Bina Shah' }),
  ];

  await user.keyboard('{ArrowDown}');
  expect(document.body).toHaveFocus();
  await user.keyboard('j');
  expect(first).toHaveFocus();
  await user.keyboard('j');
  expect(second).toHaveFocus();
  await user.keyboard('j');
  expect(second).toHaveFocus();
  await user.keyboard('k');
  expect(first).toHaveFocus();

  await user.keyboard('/');
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(second).toHaveFocus();
  await user.keyboard('{ArrowUp}');
  expect(first).toHaveFocus();
});

test('Escape clears the search, and then leaves it', async () => {
  answer('get', '/patients', () => page());
  const { user } = renderApp(<PatientList />);
  const search = screen.getByRole('searchbox');
  await user.type(search, 'asha');
  await user.keyboard('{Escape}');
  expect(search).toHaveValue('');
  expect(search).toHaveFocus();
  await user.keyboard('{Escape}');
  expect(search).not.toHaveFocus();
});

test('the letters of one search are one step back', async () => {
  answer('get', '/patients', () => page());
  const { user } = renderApp(<PatientList />);
  const steps = window.history.length;
  const search = screen.getByRole('searchbox');
  await user.type(search, 'as');
  await waitFor(() => expect(window.location.search).toBe('?search=as'));
  await user.type(search, 'ha');
  await waitFor(() => expect(window.location.search).toBe('?search=asha'));
  expect(window.history.length - steps).toBe(1);
});

test('Back leads to the list as it was left', async () => {
  at('/patients?search=98450');
  answer('get', '/patients', () => page());
  const list = renderApp(<PatientList />);
  await screen.findByRole('row', { name: /Asha Rao/ });
  list.unmount();
  renderApp(<BackToList path="/patients" label="Patients" />);
  expect(screen.getByRole('link', { name: 'Patients' })).toHaveAttribute(
    'href',
    '/patients?search=98450',
  );
});

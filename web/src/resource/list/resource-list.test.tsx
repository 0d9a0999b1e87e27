import { act, screen, waitFor, within } from '@testing-library/react';
import { aPatient, renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import { resource } from '../resource';
import { listOf } from './list';
import { ResourceList } from './resource-list';
import type { FirstPage } from './use-list';

const list = listOf(resource('/patients'), {
  searches: true,
  filters: { sex: ['female', 'male'] },
  orderings: ['created_at', 'name'],
  ordering: '-created_at',
});

const open = (first?: FirstPage<'/patients'>) =>
  renderApp(
    <ResourceList
      list={list}
      first={first}
      columns={[
        { field: 'name', orders: 'text' },
        { field: 'sex' },
        { field: 'city', nothing: 'no city' },
        { field: 'email', from: 'chosen' },
      ]}
    />,
  );

const page = (changed = {}) => ({ results: [aPatient()], next: null, previous: null, ...changed });
const at = (url: string) => act(() => window.history.replaceState(null, '', url));
/** As they are seen, which is last: phones have another to be heard. */
const headers = () =>
  screen.getAllByRole('columnheader').map(({ lastChild }) => lastChild?.textContent);

async function openMenu(user: ReturnType<typeof open>['user']) {
  await user.click(screen.getByRole('button', { name: 'List options' }));
  return within(await screen.findByRole('menu'));
}

afterEach(() => {
  document.cookie = 'terrace-columns-patients=; Path=/patients; Max-Age=0';
});

test('a field is shown as it is, a choice in words, and nothing as a dash that can be heard', async () => {
  answer('get', '/patients', () => page({ results: [aPatient({ city: null })] }));
  open();
  const row = await screen.findByRole('row', { name: /Asha Rao/ });
  expect(
    within(row)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent),
  ).toEqual(['Asha Rao', 'Female', '–no city']);
});

test('columns are chosen in a menu, which stays open; the URL and the device keep them', async () => {
  answer('get', '/patients', () => page());
  const { user } = open();
  await screen.findByRole('row', { name: /Asha Rao/ });
  expect(headers()).toEqual(['Name', 'Sex', 'City']);

  const menu = await openMenu(user);
  const columns = () =>
    menu
      .getAllByRole('menuitemcheckbox')
      .map((item) => [item.textContent, item.getAttribute('aria-checked')]);
  expect(columns()).toEqual([
    ['Sex', 'true'],
    ['City', 'true'],
    ['E-mail', 'false'],
  ]);
  await user.click(menu.getByRole('menuitemcheckbox', { name: 'E-mail' }));
  await user.click(menu.getByRole('menuitemcheckbox', { name: 'Sex' }));

  expect(window.location.search).toBe('?columns=city.email');
  expect(columns()).toEqual([
    ['Sex', 'false'],
    ['City', 'true'],
    ['E-mail', 'true'],
  ]);
  await user.click(menu.getByRole('menuitem', { name: 'Usual columns' }));
  await waitFor(() => expect(headers()).toEqual(['Name', 'Sex', 'City']));
  expect(window.location.search).toBe('');
});

test('the URL’s columns come before those that the device remembers', () => {
  const first = { search: '', page: page(), at: Date.now(), columns: ['email'] };
  const view = open(first);
  expect(headers()).toEqual(['Name', 'E-mail']);
  view.unmount();

  at('/patients?columns=city');
  open(first);
  expect(headers()).toEqual(['Name', 'City']);
});

test('filters keep the columns, and columns the filters', async () => {
  at('/patients?columns=city');
  answer('get', '/patients', () => page());
  const { user } = open();
  await screen.findByRole('row', { name: /Asha Rao/ });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Sex' }), 'Female');
  expect(window.location.search).toBe('?sex=female&columns=city');
  const menu = await openMenu(user);
  await user.click(menu.getByRole('menuitemcheckbox', { name: 'E-mail' }));
  expect(window.location.search).toBe('?sex=female&columns=city.email');
});

describe('the file of the list', () => {
  const saved = jest.fn();
  beforeEach(() => {
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved(this.getAttribute('href'));
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    saved.mockClear();
  });

  test('has the list’s filters, and is fetched by the browser once a row could be had', async () => {
    at('/patients?sex=female&ordering=name&cursor=abc');
    const asked = answer('get', '/patients', () => page());
    const { user } = open();
    await screen.findByRole('row', { name: /Asha Rao/ });
    const link = (await openMenu(user)).getByRole('menuitem', { name: 'Download as CSV' });
    const href = '/api/v1/patients?sex=female&ordering=name&format=csv';
    expect(link).toHaveAttribute('href', href);

    await user.click(link);

    await waitFor(() => expect(saved).toHaveBeenCalledWith(href));
    expect(new URL(asked.at(-1)?.url ?? '').search).toBe('?sex=female&ordering=name&limit=1');
  });

  test('is not begun when the API refuses: why stands above the list', async () => {
    answer('get', '/patients', (request) =>
      request.url.includes('limit=1') ? problem(403, 'permission_denied') : page(),
    );
    const { user } = open();
    await screen.findByRole('row', { name: /Asha Rao/ });
    await user.click((await openMenu(user)).getByRole('menuitem', { name: 'Download as CSV' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Your role does not allow this.');
    expect(saved).not.toHaveBeenCalled();
  });

  test('is not offered of a search that was cut short: a part must not pass for the whole', async () => {
    answer('get', '/patients', () => page({ truncated: true }));
    const { user } = open();
    await screen.findByRole('row', { name: /Asha Rao/ });
    const menu = await openMenu(user);
    expect(menu.queryByRole('menuitem', { name: 'Download as CSV' })).not.toBeInTheDocument();
  });
});

test('who turned to the last page by its link is still among the pages', async () => {
  answer('get', '/patients', (request) =>
    request.url.includes('cursor=two')
      ? page({ previous: '/api/v1/patients?cursor=one' })
      : page({ next: '/api/v1/patients?cursor=two' }),
  );
  const { user } = open();
  const older = await screen.findByRole('link', { name: 'Older' });
  older.focus();
  await user.keyboard('{Enter}');
  const newer = await screen.findByRole('link', { name: 'Newer' });
  expect(older).not.toBeInTheDocument();
  expect(screen.getByRole('navigation', { name: 'Pages' })).toHaveFocus();
  await user.tab();
  expect(newer).toHaveFocus();
});

test('the keys ] and [ turn pages', async () => {
  answer('get', '/patients', (request) =>
    request.url.includes('cursor=two')
      ? page({ previous: '/api/v1/patients?cursor=one' })
      : page({ next: '/api/v1/patients?cursor=two' }),
  );
  const { user } = open();
  await screen.findByRole('link', { name: 'Older' });
  await user.keyboard(']]');
  expect(window.location.search).toBe('?cursor=two');
  await screen.findByRole('link', { name: 'Newer' });
  await user.keyboard('[[');
  expect(window.location.search).toBe('?cursor=one');
});

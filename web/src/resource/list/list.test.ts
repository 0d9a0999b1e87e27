import { resource } from '../resource';
import { cursorOf, isFiltered, listOf } from './list';

const list = listOf(resource('/patients'), {
  searches: true,
  filters: { sex: ['female', 'male'], archived: ['true'] },
  orderings: ['created_at', 'name'],
  ordering: '-created_at',
});
const read = (query: string) => list.parse(new URLSearchParams(query));

test('all of a list stands in the URL, and comes back out of it', () => {
  const state = {
    search: 'asha rao',
    filters: { sex: 'female', archived: 'true' },
    ordering: 'name',
    cursor: 'abc',
    columns: ['name', 'city'],
  };
  const url = list.url(state);
  expect(url).toBe(
    '/patients?search=asha+rao&sex=female&archived=true&ordering=name&cursor=abc&columns=name.city',
  );
  expect(read(url.replace('/patients?', ''))).toEqual(state);
});

test('what stands at its default is not written', () => {
  expect(list.url(read('ordering=-created_at&search=+'))).toBe('/patients');
  expect(read('')).toEqual({ search: '', filters: {}, ordering: '-created_at', cursor: '' });
});

test('what nobody can have meant is passed over, so that the API is not asked for it', () => {
  expect(list.search(read('sex=blue&ordering=phone&archived=perhaps&utm_source=x'))).toBe('');
});

test('a search is cut where the API would refuse it', () => {
  expect(read(`search=${'a'.repeat(101)}`).search).toBe('a'.repeat(100));
});

test('the API is not told of columns', () => {
  expect(list.search(read('sex=male&cursor=abc&columns=city'))).toBe('sex=male&cursor=abc');
});

test('the file is the whole list with the same filters and order', () => {
  const state = read('search=asha&sex=male&ordering=-name&cursor=abc&columns=city');
  expect(list.csv(state)).toBe('/api/v1/patients?search=asha&sex=male&ordering=-name&format=csv');
});

test('clearing keeps the half of the list and its columns', () => {
  const state = list.cleared(read('search=a&sex=male&archived=true&ordering=name&columns=city'));
  expect(list.url(state)).toBe('/patients?archived=true&columns=city');
  expect(isFiltered(state)).toBe(false);
});

test('the cursor is taken from the link that the API gave', () => {
  expect(cursorOf('/api/v1/patients?sex=female&cursor=two')).toBe('two');
  expect(cursorOf(null)).toBeNull();
});

test('what the API does not know does not compile', () => {
  const patients = resource('/patients');
  const ordering = '-created_at';
  // @ts-expect-error no path of a resource
  resource('/auth/sessions');
  // @ts-expect-error no filter
  listOf(patients, { filters: { colour: ['red'] }, searches: true, orderings: [], ordering });
  // @ts-expect-error no value of the filter
  listOf(patients, { filters: { sex: ['blue'] }, searches: true, orderings: [], ordering });
  // @ts-expect-error no ordering
  listOf(patients, { searches: true, orderings: ['phone'], ordering });
  // @ts-expect-error no action
  const act = () => patients.act('1', 'promote', {}, '"1"');
  // @ts-expect-error no field
  const update = () => patients.update('1', { town: 'Pune' }, '"1"');
  expect([act, update]).toHaveLength(2);
});

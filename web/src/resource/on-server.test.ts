/** @jest-environment node */
import { problem } from '@/test/server';
import { listOf } from './list/list';
import { firstPage } from './on-server';
import { resource } from './resource';

jest.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers({ host: 'asha.localhost:8000' })),
  cookies: () => Promise.resolve(new Map()),
}));
jest.mock('next/navigation', () => ({
  redirect: (url: string) => {
    throw new Error(`redirect to ${url}`);
  },
}));

const list = listOf(resource('/patients'), {
  searches: true,
  filters: { sex: ['female', 'male'] },
  orderings: ['created_at', 'name'],
  ordering: '-created_at',
});
const page = { results: [], next: null, previous: null };
const first = (query: Record<string, string>) => firstPage(list, Promise.resolve(query));

const fetched = jest.spyOn(globalThis, 'fetch');
const answers = (response: Response) => fetched.mockResolvedValueOnce(response);
afterEach(() => fetched.mockReset());
afterAll(() => fetched.mockRestore());

test('the page is the one that the URL asks for', async () => {
  answers(Response.json(page));
  const query = { search: 'asha', sex: 'female', cursor: 'two' };
  await expect(first(query)).resolves.toMatchObject({
    search: 'search=asha&sex=female&cursor=two',
    page,
  });
  expect(fetched).toHaveBeenCalledWith(
    expect.stringMatching(/\/api\/v1\/patients\?search=asha&sex=female&cursor=two$/),
    expect.anything(),
  );
});

test('a place in the list that the API no longer knows leads to its first page', async () => {
  answers(problem(400, 'parse_error'));
  await expect(
    first({ search: 'asha', sex: 'female', cursor: 'stale', columns: 'city' }),
  ).rejects.toThrow('redirect to /patients?search=asha&sex=female&columns=city');
});

test('a search that it refuses leads to the list without it', async () => {
  answers(problem(400, 'validation_failed'));
  await expect(first({ search: 'asha', sex: 'female' })).rejects.toThrow(
    'redirect to /patients?sex=female',
  );
});

test('what is left and still refused is a fault', async () => {
  answers(problem(400, 'parse_error'));
  await expect(first({ sex: 'female' })).rejects.toMatchObject({
    digest: 'api-refused:parse_error:req-1',
  });
});

test('a refusal of another kind is said: it is none of the link’s', async () => {
  answers(problem(403, 'permission_denied'));
  await expect(first({ cursor: 'two' })).rejects.toMatchObject({
    digest: 'api-refused:permission_denied:req-1',
  });
});

/** @jest-environment node */
import { GET } from './route';

let host = '';
const cookie = '__Host-at=1';
jest.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers({ host, cookie })),
}));
jest.mock('next/navigation', () => ({}));

const fetched = jest.spyOn(globalThis, 'fetch');
afterEach(() => fetched.mockReset());
afterAll(() => fetched.mockRestore());

async function named(at: string) {
  host = at;
  const response = await GET(new Request('http://web/', { headers: { host } }));
  expect(response.headers.get('content-type')).toBe('application/manifest+json');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  const manifest: unknown = await response.json();
  expect(manifest).toMatchObject({ id: '/', start_url: '/patients', display: 'standalone' });
  return manifest;
}

const OURS = { name: 'Terrace Clinic', short_name: 'Terrace' };

test('at a clinic’s host the app is called as the clinic is, for who is signed in there', async () => {
  fetched.mockResolvedValueOnce(Response.json({ tenant: { name: 'Asha Clinic' } }));
  const manifest = await named('asha.localhost:8000');
  expect(manifest).toMatchObject({ name: 'Asha Clinic' });
  expect(manifest).not.toHaveProperty('short_name');
});

test.each([
  ['nobody is signed in', 401, 'not_authenticated'],
  ['the clinic is suspended', 403, 'tenant_suspended'],
  ['nobody has the address', 404, 'unknown_host'],
])('where %s it is called Terrace', async (_why, status, code) => {
  fetched.mockResolvedValueOnce(Response.json({ status, code }, { status }));
  expect(await named('asha.localhost:8000')).toMatchObject(OURS);
});

test('at the root host, too, whoever asks', async () => {
  expect(await named('localhost:8000')).toMatchObject(OURS);
  expect(fetched).not.toHaveBeenCalled();
});

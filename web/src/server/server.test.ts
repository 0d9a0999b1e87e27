/** @jest-environment node */
import { mergedCookieHeader } from './cookies';
import { isRootHost, SITE_ORIGIN, signInElsewhere } from './hosts';
import { refreshed } from './session-refresh';

describe('the cookie header of a refreshed request', () => {
  test('has the new values, keeps the others and drops the cleared', () => {
    const merged = mergedCookieHeader('theme=dark; __Host-rt=old; gone=1', [
      '__Host-at=new; Path=/; Max-Age=290; HttpOnly; Secure; SameSite=Lax',
      '__Host-rt=next=; Path=/; HttpOnly',
      'gone=; Path=/; Max-Age=0',
    ]);
    expect(merged).toBe('theme=dark; __Host-rt=next=; __Host-at=new');
  });
});

test.each([
  ['localhost:8000', true],
  ['127.0.0.1:8000', true],
  ['[::1]:8000', true],
  ['192.168.1.20', true],
  ['asha.localhost:8000', false],
  ['clinic.example', false],
])('%s is the root host: %p', (host, root) => {
  expect(isRootHost(host)).toBe(root);
});

test.each([
  ['subdomain', `${SITE_ORIGIN}/sign-in`],
  ['none', '/sign-in'],
])('who may not enter the clinic at a host goes on elsewhere, with %s at %s', (hosts, url) => {
  const before = process.env.TERRACE_TENANT_HOSTS;
  process.env.TERRACE_TENANT_HOSTS = hosts;
  expect(signInElsewhere()).toBe(url);
  if (before === undefined) delete process.env.TERRACE_TENANT_HOSTS;
  else process.env.TERRACE_TENANT_HOSTS = before;
});

describe('refreshing for a page', () => {
  const headers = new Headers({ host: 'asha.localhost:8000', 'x-forwarded-proto': 'http' });
  const fetched = jest.spyOn(globalThis, 'fetch');
  afterEach(() => fetched.mockReset());
  afterAll(() => fetched.mockRestore());

  const good = () =>
    new Response('{}', {
      headers: [
        ['set-cookie', '__Host-at=1'],
        ['set-cookie', '__Host-rt=2'],
      ],
    });

  test('twelve page loads at once make one call, and hand on every cookie line', async () => {
    fetched.mockImplementation(() => Promise.resolve(good()));
    const all = await Promise.all(Array.from({ length: 12 }, () => refreshed(headers, 'twelve')));
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(new Set(all)).toEqual(
      new Set([{ kind: 'answered', setCookie: ['__Host-at=1', '__Host-rt=2'] }]),
    );
  });

  test('names the browser’s host and origin to the API', async () => {
    fetched.mockImplementation(() => Promise.resolve(good()));
    await refreshed(headers, 'origin');
    const sent = new Headers(fetched.mock.calls[0]?.[1]?.headers);
    expect(sent.get('x-forwarded-host')).toBe('asha.localhost:8000');
    expect(sent.get('origin')).toBe('http://asha.localhost:8000');
    expect(sent.get('cookie')).toBe('__Host-rt=origin');
  });

  test('two hosts never share an answer', async () => {
    fetched.mockImplementation(() => Promise.resolve(good()));
    await Promise.all([
      refreshed(headers, 'same'),
      refreshed(new Headers({ host: 'lotus.localhost:8000' }), 'same'),
    ]);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  test('a failure is not kept: the next load asks again', async () => {
    fetched.mockRejectedValueOnce(new TypeError('fetch failed'));
    await expect(refreshed(headers, 'down')).resolves.toEqual({ kind: 'down' });
    fetched.mockResolvedValueOnce(new Response(null, { status: 503 }));
    await expect(refreshed(headers, 'down')).resolves.toEqual({ kind: 'down' });
    fetched.mockResolvedValueOnce(good());
    await expect(refreshed(headers, 'down')).resolves.toMatchObject({ kind: 'answered' });
  });

  test('a suspended clinic is up: the page is asked for as it is, and hears why', async () => {
    fetched.mockResolvedValueOnce(new Response('{}', { status: 403 }));
    await expect(refreshed(headers, 'suspended')).resolves.toEqual({
      kind: 'answered',
      setCookie: [],
    });
  });

  test('a refusal hands on the lines that clear the cookies', async () => {
    fetched.mockResolvedValueOnce(
      new Response('{}', { status: 401, headers: [['set-cookie', '__Host-rt=; Max-Age=0']] }),
    );
    await expect(refreshed(headers, 'refused')).resolves.toEqual({
      kind: 'answered',
      setCookie: ['__Host-rt=; Max-Age=0'],
    });
  });
});

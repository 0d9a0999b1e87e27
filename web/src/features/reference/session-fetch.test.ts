import { HttpResponse } from 'msw';
import { answer, problem } from '@/test/server';
import { fetchAsPerson, type Session } from './session-fetch';

const json = { 'Content-Type': 'application/json' };

function session(signedIn = true) {
  return { isSignedIn: () => signedIn, onAccountCall: jest.fn() } satisfies Session;
}

test('a session that has run out is refreshed, and the call sent again with its body', async () => {
  let alive = false;
  answer('post', '/auth/refresh', () => {
    alive = true;
    return { expires_in: 300 };
  });
  const calls = answer('post', '/patients', () =>
    alive ? HttpResponse.json({}, { status: 201 }) : problem(401, 'not_authenticated'),
  );

  const request = { method: 'POST', headers: json, body: '{"name":"Asha"}' };
  const response = await fetchAsPerson('/api/v1/patients', request, session());

  expect(response.status).toBe(201);
  expect(await Promise.all(calls.map((call) => call.text()))).toEqual([
    '{"name":"Asha"}',
    '{"name":"Asha"}',
  ]);
});

test.each([
  ['nobody is signed in', session(false), 'not_authenticated'],
  ['the credentials were wrong', session(), 'invalid_credentials'],
] as const)('a refusal is shown as it is where %s', async (_, who, code) => {
  const refreshes = answer('post', '/auth/refresh', () => ({ expires_in: 300 }));
  answer('post', '/auth/login', () => problem(401, code));

  const request = { method: 'POST', headers: json, body: '{}' };
  const response = await fetchAsPerson('/api/v1/auth/login', request, who);

  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ code });
  expect(refreshes).toHaveLength(0);
});

test('a refusal is shown as it is where the refresh is refused, too', async () => {
  answer('post', '/auth/refresh', () => problem(401, 'invalid_grant'));
  answer('get', '/patients', () => problem(401, 'not_authenticated'));
  const response = await fetchAsPerson('/api/v1/patients', { method: 'GET' }, session());
  expect(await response.json()).toMatchObject({ code: 'not_authenticated' });
});

test('tells of what may change who is signed in', async () => {
  answer('post', '/auth/logout', () => new Response(null, { status: 204 }));
  answer('get', '/auth/me', () => ({}));
  const who = session();
  await fetchAsPerson('/api/v1/auth/me', { method: 'GET' }, who);
  expect(who.onAccountCall).not.toHaveBeenCalled();
  await fetchAsPerson('/api/v1/auth/logout', { method: 'POST', headers: json, body: '{}' }, who);
  expect(who.onAccountCall).toHaveBeenCalledTimes(1);
});

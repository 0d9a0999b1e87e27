import { delay, HttpResponse } from 'msw';
import { answer, problem } from '@/test/server';
import { api } from './api';
import { ProblemError } from './problem';
import { sessionLost } from './session-events';

/** Refuses everything until the session has been refreshed. */
function expiredSession() {
  let alive = false;
  const refreshes = answer('post', '/auth/refresh', async () => {
    await delay(20);
    alive = true;
    return { expires_in: 300 };
  });
  const calls = answer('get', '/patients', () =>
    alive ? { results: [], next: null, previous: null } : problem(401, 'not_authenticated'),
  );
  return { refreshes, calls };
}

const codeOf = (error: unknown) => (error instanceof ProblemError ? error.code : String(error));

test('eight calls refused at once share one refresh and are all sent again', async () => {
  const { refreshes, calls } = expiredSession();

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => api.get<{ results: [] }>('/patients')),
  );

  expect(answers.map(({ results }) => results)).toEqual(Array.from({ length: 8 }, () => []));
  expect(refreshes).toHaveLength(1);
  expect(calls).toHaveLength(16);
});

test('a call refused before another tab refreshed is sent again without a refresh', async () => {
  const { refreshes } = expiredSession();
  await api.get('/patients');
  let refusals = 0;
  answer('get', '/auth/me', () => {
    refusals += 1;
    if (refusals > 1) return { ok: true };
    // The refusal arrives when someone else's refresh has ended already.
    localStorage.setItem('terrace-session-refreshed', String(Date.now() + 1));
    return problem(401, 'not_authenticated');
  });

  await expect(api.get('/auth/me')).resolves.toEqual({ ok: true });
  expect(refreshes).toHaveLength(1);
});

test('a refused refresh tells once per call that the session is lost', async () => {
  answer('get', '/patients', () => problem(401, 'not_authenticated'));
  answer('post', '/auth/refresh', () => problem(401, 'invalid_grant'));
  const lost = jest.fn();
  const unsubscribe = sessionLost.subscribe(lost);

  const error = await api.get('/patients').catch((thrown: unknown) => thrown);
  unsubscribe();

  expect(codeOf(error)).toBe('session_lost');
  expect(lost).toHaveBeenCalledTimes(1);
});

test('an API that is down during a refresh does not end the session', async () => {
  answer('get', '/patients', () => problem(401, 'not_authenticated'));
  answer('post', '/auth/refresh', () => problem(503, 'unavailable', {}, { 'retry-after': '2' }));
  const lost = jest.fn();
  const unsubscribe = sessionLost.subscribe(lost);

  const error = await api.get('/patients').catch((thrown: unknown) => thrown);
  unsubscribe();

  expect(codeOf(error)).toBe('unavailable');
  expect(error).toMatchObject({ retryAfter: 2 });
  expect(lost).not.toHaveBeenCalled();
});

test('wrong credentials are an answer, not an expired session', async () => {
  answer('post', '/auth/login', () => problem(401, 'invalid_credentials'));

  const error = await api.post('/auth/login', {}).catch((thrown: unknown) => thrown);

  expect(codeOf(error)).toBe('invalid_credentials');
});

test('a network failure and a page in place of an answer both read as unreachable', async () => {
  answer('get', '/patients', () => HttpResponse.error());
  const failed = await api.get('/patients').catch((thrown: unknown) => thrown);
  answer('get', '/patients', () => HttpResponse.html('<h1>502</h1>', { status: 502 }));
  const garbled = await api.get('/patients').catch((thrown: unknown) => thrown);

  expect([failed, garbled].map(codeOf)).toEqual(['unreachable', 'unreachable']);
});

test('a change carries its key and the version it is based on', async () => {
  const requests = answer('patch', '/patients/1', () => ({ ok: true }));

  await api.patch('/patients/1', { city: 'Pune' }, { idempotencyKey: 'key-1', ifMatch: '"3-a"' });

  expect(requests[0]?.headers.get('idempotency-key')).toBe('key-1');
  expect(requests[0]?.headers.get('if-match')).toBe('"3-a"');
});

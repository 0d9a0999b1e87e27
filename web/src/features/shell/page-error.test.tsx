import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import type { Locale } from '@/i18n/locales';
import { renderApp } from '@/test/render';
import { answer, problem, server } from '@/test/server';
import { goTo } from '@/features/auth/go-to-clinic';
import { PageError } from './page-error';

jest.mock('@/features/auth/go-to-clinic', () => ({ goTo: jest.fn() }));

/** With the button whose code comes by itself, where there is one. */
async function open(digest?: string, language: Locale = 'en') {
  server.use(
    http.get('http://asha.localhost:8000/readyz', () => new HttpResponse(null, { status: 503 })),
  );
  const app = renderApp(<PageError error={Object.assign(new Error('x'), { digest })} />, {
    language,
  });
  if (digest?.includes('tenant_suspended'))
    await screen.findByRole('button', { name: language === 'en' ? 'Sign out' : 'साइन आउट' });
  return app;
}

test.each([
  ['api-unavailable', 'Terrace does not answer'],
  ['api-refused:permission_denied:req-1', 'Your role does not allow this page'],
  ['api-refused:tenant_mismatch:req-1', 'Your role does not allow this page'],
  ['api-refused:tenant_suspended:req-1', 'Your clinic is suspended'],
  ['1234567', 'Something went wrong'],
  [undefined, 'Something went wrong'],
])('%p reads as “%s”', async (digest, title) => {
  await open(digest);
  expect(screen.getByRole('heading', { level: 1, name: title })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('a refusal has its reference, and a way on', async () => {
  await open('api-refused:permission_denied:req-1');
  expect(screen.getByText('Reference req-1')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Go to patients' })).toHaveAttribute('href', '/patients');
});

test('a server that is away offers nothing that needs it', async () => {
  await open('api-unavailable');
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});

test.each([
  ['en', 'Ask the owner of the clinic', 'Another clinic or account'],
  ['hi', 'क्लिनिक के मालिक से पूछें', 'दूसरा क्लिनिक या खाता'],
] as const)('in a suspended clinic nobody is blamed, in %s', async (language, whom, elsewhere) => {
  await open('api-refused:tenant_suspended:req-1', language);
  expect(screen.getByText(new RegExp(whom))).toBeVisible();
  expect(screen.getByText(/req-1/)).toBeVisible();
  // Every page of the clinic is shut: the way out leads away from it.
  expect(screen.getByRole('link', { name: elsewhere })).toHaveAttribute(
    'href',
    '/session/elsewhere',
  );
  expect(screen.getAllByRole('link')).toHaveLength(1);
});

test('who leaves a suspended clinic can sign out there, with their drafts', async () => {
  const answers = [
    () => problem(503, 'unavailable'),
    () => new HttpResponse(null, { status: 204 }),
  ];
  const ended = answer('post', '/auth/logout', () => answers[ended.length - 1]?.());
  sessionStorage.setItem('terrace-draft:/patients/new', '{}');
  const { user } = await open('api-refused:tenant_suspended:req-1');

  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(/server is busy/);
  expect(goTo).not.toHaveBeenCalled();

  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  await waitFor(() => expect(goTo).toHaveBeenCalledWith('/session/elsewhere'));
  expect(sessionStorage).toHaveLength(0);
});

test('a page whose code cannot be fetched without a connection says that', async () => {
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  await open();
  expect(screen.getByRole('heading', { name: 'You are not connected' })).toBeVisible();
  Object.defineProperty(navigator, 'onLine', { value: true, configurable: true });
});

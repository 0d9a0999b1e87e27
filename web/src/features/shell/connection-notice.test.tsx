import { act, screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { api } from '@/api/api';
import { connection } from '@/api/connection';
import { renderApp } from '@/test/render';
import { answer, server } from '@/test/server';
import { ConnectionNotice } from './connection-notice';

const HEALTH = 'http://asha.localhost:8000/healthz';
const notice = () => screen.queryByText(/No connection/);

function goes(online: boolean) {
  Object.defineProperty(navigator, 'onLine', { value: online, configurable: true });
  act(() => void window.dispatchEvent(new Event(online ? 'online' : 'offline')));
}

afterEach(() => {
  goes(true);
  act(() => connection.report(true));
});

test('a device without a connection says so, until it has one again', async () => {
  renderApp(<ConnectionNotice />);
  expect(notice()).not.toBeInTheDocument();
  goes(false);
  expect(await screen.findByText(/No connection/)).toBeVisible();
  expect(screen.getByRole('status')).toHaveTextContent(/What you typed stays here/);
  goes(true);
  await waitFor(() => expect(notice()).not.toBeInTheDocument());
});

test('a call that never arrives says so too; Try again finds the server back and asks anew', async () => {
  answer('get', '/patients', () => HttpResponse.error());
  server.use(http.get(HEALTH, () => HttpResponse.error()));
  const { user, queryClient } = renderApp(<ConnectionNotice />);
  const asked = jest.spyOn(queryClient, 'invalidateQueries');

  await act(() => api.get('/patients').catch(() => undefined));
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.getByRole('button')).not.toHaveAttribute('aria-busy'));
  expect(notice()).toBeVisible();
  expect(asked).not.toHaveBeenCalled();

  server.use(http.get(HEALTH, () => new HttpResponse(null, { status: 204 })));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(notice()).not.toBeInTheDocument());
  expect(asked).toHaveBeenCalledTimes(1);
});

test('a refusal is an answer: the server is there', async () => {
  answer('get', '/patients', () => new HttpResponse(null, { status: 503 }));
  renderApp(<ConnectionNotice />);
  await act(() => api.get('/patients').catch(() => undefined));
  expect(notice()).not.toBeInTheDocument();
});

import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { renderApp } from '@/test/render';
import { server } from '@/test/server';
import { PageError } from './page-error';

function open(digest?: string) {
  server.use(
    http.get('http://asha.localhost:8000/readyz', () => new HttpResponse(null, { status: 503 })),
  );
  renderApp(<PageError error={Object.assign(new Error('x'), { digest })} />);
}

test.each([
  ['api-unavailable', 'Terrace does not answer'],
  ['api-refused:permission_denied:req-1', 'Your role does not allow this page'],
  ['api-refused:tenant_mismatch:req-1', 'Your role does not allow this page'],
  ['1234567', 'Something went wrong'],
  [undefined, 'Something went wrong'],
])('%p reads as “%s”', (digest, title) => {
  open(digest);
  expect(screen.getByRole('heading', { level: 1, name: title })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('a refusal has its reference, and a way on', () => {
  open('api-refused:permission_denied:req-1');
  expect(screen.getByText('Reference req-1')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Go to patients' })).toHaveAttribute('href', '/patients');
});

test('a server that is away offers nothing that needs it', () => {
  open('api-unavailable');
  expect(screen.queryByRole('link')).not.toBeInTheDocument();
});

test('a page whose code cannot be fetched without a connection says that', () => {
  Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
  open();
  expect(screen.getByRole('heading', { name: 'You are not connected' })).toBeVisible();
  Object.defineProperty(navigator, 'onLine', { value: true, configurable: true });
});

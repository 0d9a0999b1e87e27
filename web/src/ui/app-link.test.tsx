import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { connection } from '@/api/connection';
import { router, slowPage } from '@/test/next-navigation';
import { AppLink } from './app-link';
import { Going } from './use-go';

const open = () =>
  render(
    <Going>
      <AppLink href="/patients/new">New patient</AppLink>
      <AppLink href="/patients">Patients</AppLink>
    </Going>,
  );

afterEach(() => {
  router.push.mockReset();
  act(() => connection.report(true));
});

const link = (name: string) => screen.getByRole('link', { name });
const line = () => document.querySelector('.progress-line');

test('what was pressed is busy, and a line says so, until the page is there', async () => {
  const arrive = slowPage();
  open();
  expect(line()).not.toBeInTheDocument();
  await userEvent.click(link('New patient'));

  expect(link('New patient')).toHaveAttribute('aria-busy', 'true');
  expect(link('Patients')).not.toHaveAttribute('aria-busy');
  expect(line()).toBeInTheDocument();

  await act(arrive);
  expect(link('New patient')).not.toHaveAttribute('aria-busy');
  expect(line()).not.toBeInTheDocument();
});

test('where the last call did not arrive, nobody is led away from what was typed', async () => {
  open();
  act(() => connection.report(false));
  await userEvent.click(link('New patient'));
  expect(router.push).not.toHaveBeenCalled();
  act(() => connection.report(true));
  await userEvent.click(link('New patient'));
  expect(router.push).toHaveBeenCalledWith('/patients/new');
});

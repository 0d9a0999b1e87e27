import { act, render, screen } from '@testing-library/react';
import { usePathname } from 'next/navigation';
import { FocusOnNavigation } from './focus-on-navigation';

function Pages() {
  const here = usePathname();
  return (
    <>
      <main id="content">
        <h1>{here}</h1>
        {here === '/list' && <a href={`${here}/7`}>Asha Rao</a>}
        {here === '/list/new' && <input aria-label="Phone" ref={(field) => field?.focus()} />}
      </main>
      <FocusOnNavigation />
    </>
  );
}

const go = (path: string) => act(() => window.history.pushState(null, '', path));

test('the first page keeps the focus where the browser has it', () => {
  go('/list');
  render(<Pages />);
  expect(document.body).toHaveFocus();
});

test('a new page is read from its heading', () => {
  go('/list');
  render(<Pages />);
  go('/list/7');
  expect(screen.getByRole('heading', { name: '/list/7' })).toHaveFocus();
});

test('back in the list the focus is on the row one came from', () => {
  go('/list/7');
  render(<Pages />);
  go('/list');
  expect(screen.getByRole('link', { name: 'Asha Rao' })).toHaveFocus();
});

test('a page that puts the focus into a field keeps it there', () => {
  go('/list');
  render(<Pages />);
  go('/list/new');
  expect(screen.getByLabelText('Phone')).toHaveFocus();
});

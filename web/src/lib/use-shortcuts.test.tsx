import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { turnShortcuts } from './shortcut-switch';
import { useShortcuts } from './use-shortcuts';

function open(beside: ReactNode = null) {
  const ran: string[] = [];
  const keys = ['n', '/', '?', 'p', 'g p', 'Escape'];
  function Page() {
    useShortcuts(Object.fromEntries(keys.map((key) => [key, () => void ran.push(key)])));
    return <>{beside}</>;
  }
  render(<Page />);
  return { ran, user: userEvent.setup() };
}

test('a key runs what it stands for', async () => {
  const { ran, user } = open();
  await user.keyboard('n/?x');
  expect(ran).toEqual(['n', '/', '?']);
});

test('two keys in a row are one shortcut, and the second alone is another', async () => {
  const { ran, user } = open();
  await user.keyboard('gpp');
  expect(ran).toEqual(['g p', 'p']);
});

test('fields keep their keys', async () => {
  const { ran, user } = open(
    <>
      <input aria-label="Name" />
      <select aria-label="Sex" />
      <textarea aria-label="Address" />
    </>,
  );
  for (const name of ['Name', 'Sex', 'Address']) {
    await user.click(screen.getByLabelText(name));
    await user.keyboard('n{Escape}');
  }
  expect(ran).toEqual([]);
  expect(screen.getByLabelText('Name')).toHaveValue('n');
});

test.each(['dialog', 'menu'])('an open %s keeps its keys', async (role) => {
  const { ran, user } = open(<div role={role} />);
  await user.keyboard('n{Escape}');
  expect(ran).toEqual([]);
});

test('keys of the browser are left to it', async () => {
  const { ran, user } = open();
  await user.keyboard('{Control>}n{/Control}{Meta>}p{/Meta}{Alt>}n{/Alt}');
  expect(ran).toEqual([]);
});

test('turned off, keys of one character do nothing, and Escape still does', async () => {
  turnShortcuts(false);
  const { ran, user } = open();
  await user.keyboard('n/?gp{Escape}');
  expect(ran).toEqual(['Escape']);
  turnShortcuts(true);
  await user.keyboard('n');
  expect(ran).toEqual(['Escape', 'n']);
});

test('a keyboard set to Devanagari has its keys in the same places', () => {
  const { ran } = open();
  fireEvent.keyDown(window, { key: 'ल', code: 'KeyN' });
  fireEvent.keyDown(window, { key: 'य', code: 'Slash' });
  fireEvent.keyDown(window, { key: 'य़', code: 'Slash', shiftKey: true });
  expect(ran).toEqual(['n', '/', '?']);
});

import { screen, waitFor } from '@testing-library/react';
import { renderApp } from '@/test/render';
import { resource } from '../resource';
import { useWords } from '../words';
import { SearchBox } from './search-box';

interface BoxProps {
  value: string;
  onSearch: (text: string) => void;
}

function Box(props: BoxProps) {
  return <SearchBox words={useWords(resource('/patients'))} {...props} />;
}

const box = () => screen.getByRole('searchbox');

/** The URL comes to the box late, as it does from Next.js: here when `arrive` says so. */
function open() {
  const onSearch = jest.fn();
  const { user, rerender } = renderApp(<Box value="" onSearch={onSearch} />);
  const arrive = (value: string) => rerender(<Box value={value} onSearch={onSearch} />);
  return { user, onSearch, arrive };
}

test('a search that reaches the URL late takes no letter back', async () => {
  const { user, onSearch, arrive } = open();
  await user.type(box(), 'a');
  await waitFor(() => expect(onSearch).toHaveBeenLastCalledWith('a'));
  await user.type(box(), 'b');
  arrive('a');
  expect(box()).toHaveValue('ab');

  await user.type(box(), 'c');
  await waitFor(() => expect(onSearch).toHaveBeenLastCalledWith('abc'));
  arrive('abc');
  expect(box()).toHaveValue('abc');
});

test('nor does the one before the last, when two are on their way', async () => {
  const { user, onSearch, arrive } = open();
  await user.type(box(), 'a');
  await waitFor(() => expect(onSearch).toHaveBeenLastCalledWith('a'));
  await user.type(box(), 'b');
  await waitFor(() => expect(onSearch).toHaveBeenLastCalledWith('ab'));
  arrive('a');
  expect(box()).toHaveValue('ab');
  arrive('ab');
  expect(box()).toHaveValue('ab');
});

test('what the URL says by itself is taken over, and no search that was waiting undoes it', async () => {
  const { user, onSearch, arrive } = open();
  await user.type(box(), 'a');
  await waitFor(() => expect(onSearch).toHaveBeenLastCalledWith('a'));
  arrive('a');
  await user.type(box(), 'b');
  arrive('');
  expect(box()).toHaveValue('');

  await user.type(box(), 'c');
  await waitFor(() => expect(onSearch).toHaveBeenLastCalledWith('c'));
  expect(onSearch).toHaveBeenCalledTimes(2);
  arrive('c');
  arrive('a');
  expect(box()).toHaveValue('a');
});

test('no more can be typed than the API searches for', () => {
  open();
  expect(box()).toHaveAttribute('maxlength', '100');
});

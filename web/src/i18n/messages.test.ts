import en from '../../messages/en.json';
import hi from '../../messages/hi.json';
import { preferredLocale } from './locales';

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : flat(value, `${prefix}${key}.`),
  );
}

const argumentsOf = (message: string) =>
  [...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name).sort();

test('both languages have the same messages with the same arguments', () => {
  const shape = (tree: Tree) =>
    Object.fromEntries(flat(tree).map(([key, message]) => [key, argumentsOf(message)]));
  expect(shape(hi)).toEqual(shape(en));
});

test('no message shouts', () => {
  const loud = [...flat(en), ...flat(hi)].filter(([, message]) => message.includes('!'));
  expect(loud).toEqual([]);
});

test.each([
  ['hi-IN,hi;q=0.9,en;q=0.8', 'hi'],
  ['en-IN,hi;q=0.9', 'en'],
  ['ta-IN', 'en'],
  ['', 'en'],
])('%p prefers %s', (header, locale) => {
  expect(preferredLocale(header)).toBe(locale);
});

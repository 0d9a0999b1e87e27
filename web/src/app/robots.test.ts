/** @jest-environment node */
import robots from './robots';

/** As RFC 9309 has it: of the rules that fit the longest decides, `$` ends a path. */
function mayFetch(path: string) {
  const { rules } = robots();
  const rule = Array.isArray(rules) ? rules[0] : rules;
  const longest = (patterns: string | string[] = []) =>
    [patterns]
      .flat()
      .filter((pattern) =>
        pattern.endsWith('$') ? path === pattern.slice(0, -1) : path.startsWith(pattern),
      )
      .reduce((most, { length }) => Math.max(most, length), 0);
  return longest(rule?.allow) >= longest(rule?.disallow);
}

test.each([
  ['/', true],
  ['/hi', true],
  ['/sign-up', true],
  ['/icons/icon.svg', true],
  ['/icons/shared-en.png', true],
  ['/_next/static/chunks/a.js', true],
  ['/patients', false],
  ['/history', false],
  ['/settings/organization', false],
  ['/api/v1/patients', false],
])('a robot may fetch %s: %p', (path, may) => {
  expect(mayFetch(path)).toBe(may);
});

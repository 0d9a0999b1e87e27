import { dayOf, momentOf, wallTime } from './zoned-time';

/** As the browser's own locale data have it. */
const clockOf = (timestamp: string, timeZone: string) =>
  new Date(timestamp).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T').slice(0, 16);

const MOMENTS = [
  '1943-06-01T12:00:00Z', // India's clocks were an hour ahead for the war
  '1945-10-14T17:29:59Z',
  '1945-10-14T18:30:00Z',
  '1999-12-31T18:29:59Z',
  '2026-03-08T06:59:59Z',
  '2026-11-30T18:30:00Z',
];

test.each(['Asia/Kolkata', 'Asia/Calcutta', 'America/New_York', 'Asia/Kathmandu'])(
  'the clock of %s shows what the time zone database says',
  (zone) => {
    for (const moment of MOMENTS) {
      expect(wallTime(moment, zone)).toBe(clockOf(moment, zone));
      expect(dayOf(Date.parse(moment), zone)).toBe(clockOf(moment, zone).slice(0, 10));
    }
  },
);

test('a day in India begins at half past six in the evening of Greenwich', () => {
  expect(dayOf(Date.parse('2026-11-30T18:29:59Z'), 'Asia/Kolkata')).toBe('2026-11-30');
  expect(dayOf(Date.parse('2026-11-30T18:30:00Z'), 'Asia/Kolkata')).toBe('2026-12-01');
});

test('a time of the wall’s clock is a moment, also where clocks are changed', () => {
  expect(momentOf('2026-11-28T15:00', 'Asia/Kolkata')).toBe('2026-11-28T09:30:00.000Z');
  expect(momentOf('2026-07-01T12:00', 'America/New_York')).toBe('2026-07-01T16:00:00.000Z');
  expect(momentOf('2026-12-01T12:00', 'America/New_York')).toBe('2026-12-01T17:00:00.000Z');
  expect(momentOf('soon', 'Asia/Kolkata')).toBeNull();
});

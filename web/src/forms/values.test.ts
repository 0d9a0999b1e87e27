import { bodyOf, changesBetween } from './body';
import { faultsOf } from './check';
import { emptyTexts, textsOf } from './values';
import { specimenFields as fields } from './testing/specimen';

const ZONE = 'Asia/Kolkata';

/** An object of the API, and the same as it is typed. */
const OBJECT = {
  name: 'Opal',
  remark: 'Two\nlines',
  code: 'AB12',
  email: 'a@b.example',
  phone: '+919845012345',
  website: 'https://example.com/',
  slug: 'opal',
  address: '192.0.2.1',
  batch: '01930f6e-8d2a-7cc1-9f3b-2a6b8c1d4e5f',
  place: 7,
  weight: '12.50',
  price: 125_050,
  polished: false,
  found_on: '2026-11-28',
  opens: '09:30',
  seen_at: '2026-11-28T09:30:00.000Z',
  length: 'PT90M',
  colour: 'red',
  shade: 'dark',
  names: ['one', 'two'],
  marks: [1, -2],
  finishes: ['matt'],
};
const TYPED = {
  ...OBJECT,
  phone: '98450 12345',
  place: '7',
  price: '1250.50',
  polished: 'false',
  seen_at: '2026-11-28T15:00',
  length: '90',
  names: 'one\ntwo',
  marks: '1\n-2',
  finishes: 'matt',
};

test('an object becomes text and text becomes the same object', () => {
  expect(textsOf(fields, OBJECT, ZONE)).toEqual(TYPED);
  expect(bodyOf(fields, TYPED, ZONE)).toEqual(OBJECT);
});

test('other ways to write a value are the same value', () => {
  const typed = {
    code: 'AB 12',
    phone: '098450-12345',
    place: '+7',
    weight: '1,250.5',
    price: '₹ 1,250.5',
    length: '1:40',
    names: ' one \n\n two ',
    found_on: ' 2026-11-28 ',
  };
  expect(bodyOf(fields, typed, ZONE)).toEqual({
    code: 'AB12',
    phone: '+919845012345',
    place: 7,
    weight: '1250.5',
    price: 125_050,
    length: 'PT1M40S',
    names: ['one', 'two'],
    found_on: '2026-11-28',
  });
  expect(bodyOf(fields, { phone: '+44 20 7946 0958' }, ZONE)).toEqual({ phone: '+442079460958' });
});

test.each([
  ['PT0S', '0'],
  ['PT1H30M0S', '90'],
  ['P1DT1M5S', '1441:05'],
  ['P2W', '20160'],
])('a duration of %s is %s minutes', (length, minutes) => {
  expect(textsOf(fields, { length }, ZONE).length).toBe(minutes);
});

test('a time without seconds is shown without, another with them', () => {
  expect(textsOf(fields, { opens: '09:30:00' }, ZONE).opens).toBe('09:30');
  expect(textsOf(fields, { opens: '09:30:15' }, ZONE).opens).toBe('09:30:15');
});

test('a moment is shown by the clinic’s clock, also beside a change of clocks', () => {
  for (const moment of ['2026-03-29T00:59:00.000Z', '2026-03-29T01:01:00.000Z']) {
    const shown = textsOf(fields, { seen_at: moment }, 'Europe/Berlin');
    expect(bodyOf(fields, { seen_at: shown.seen_at ?? '' }, 'Europe/Berlin')).toEqual({
      seen_at: moment,
    });
  }
});

test('a form starts with the defaults', () => {
  expect(emptyTexts(fields, ZONE)).toMatchObject({
    name: '',
    price: '99.50',
    polished: 'true',
    length: '30',
    names: '',
  });
});

test('what is emptied is null; what cannot be null is left out, a list is empty, what is not asked for is absent', () => {
  const typed = { name: 'Opal', remark: '', price: '', names: '', marks: '' };
  expect(bodyOf(fields, typed, ZONE)).toEqual({
    name: 'Opal',
    remark: null,
    names: [],
    marks: null,
  });
});

test('only what was changed is sent, and never what is set once', () => {
  const now = { ...TYPED, price: '1,250.50', remark: '', names: 'one', slug: 'other' };
  expect(changesBetween(fields, TYPED, now, ZONE)).toEqual({ remark: null, names: ['one'] });
});

test('a password is what was typed, blanks and all', () => {
  const password = { kind: 'password', required: true } as const;
  const checking = { zone: ZONE, creating: true };
  expect(bodyOf({ password }, { password: ' \tkept ' }, ZONE)).toEqual({ password: ' \tkept ' });
  expect(faultsOf({ password }, { password: ' \t' }, checking)).toEqual({});
  expect(faultsOf({ password }, { password: '' }, checking)).toEqual({ password: 'required' });
});

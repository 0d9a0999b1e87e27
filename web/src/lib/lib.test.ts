import { localPath } from './local-path';
import { formatPaise, withGst } from './money';
import { formatPhone, nationalDigits, phoneForInput } from './phone';

describe('phone numbers', () => {
  test.each([
    '9845012345',
    '98450 12345',
    '098450-12345',
    '+91 98450 12345',
    '91 9845012345',
    '0091 98450 12345',
  ])('%s is one and the same number', (typed) => {
    expect(nationalDigits(typed)).toBe('9845012345');
  });

  test.each(['', '98450', '98450 123456', '0000000000', 'ask at home', '+44 20 7946 0958'])(
    '%p is no Indian number',
    (typed) => {
      expect(nationalDigits(typed)).toBeNull();
    },
  );

  test('are shown in two groups, with the country before them', () => {
    expect(formatPhone('+919845012345')).toBe('+91 98450 12345');
    expect(formatPhone('+442079460958')).toBe('+442079460958');
    expect(phoneForInput('+919845012345')).toBe('98450 12345');
    expect(phoneForInput(null)).toBe('');
  });
});

describe('money', () => {
  test('is grouped the Indian way, with paise only where there are some', () => {
    expect(formatPaise(1_99_99_900)).toBe('₹1,99,999');
    expect(formatPaise(3_538_82)).toBe('₹3,538.82');
  });

  test('adds GST in whole paise', () => {
    expect(withGst(2_999_00)).toBe(3_538_82);
    expect(withGst(33)).toBe(39);
  });
});

describe('the place to go to next', () => {
  test.each([
    '/patients',
    '/patients?search=asha%20rao&sex=female',
    '/patients/1/edit',
    '/api/docs',
  ])('%s is ours', (next) => {
    expect(localPath(next)).toBe(next);
  });

  test.each([
    undefined,
    '',
    'patients',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/api/v1/auth/enter',
    '/api/docs/more',
    '/sign-in',
    '/session/renew?next=/x',
    '/a b',
    '/\tevil',
  ])('%p is not', (next) => {
    expect(localPath(next)).toBe('/patients');
  });
});

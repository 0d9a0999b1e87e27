import { screen, waitFor } from '@testing-library/react';
import { today } from '@/lib/zoned-time';
import { aPatient, me, renderApp } from '@/test/render';
import { answer } from '@/test/server';
import { NewPatient } from './new-patient';
import { yearsOf } from './patient-form';

/** More than a day apart, so that no device agrees with both. */
const FIRST = 'Pacific/Kiritimati';
const LAST = 'Etc/GMT+12';

async function openIn(time_zone: string) {
  answer('get', '/patients/duplicates', () => ({ results: [] }));
  const view = renderApp(<NewPatient />, { as: { ...me, tenant: { ...me.tenant, time_zone } } });
  await view.user.click(screen.getByRole('radio', { name: 'Date of birth' }));
  const born = screen.getByLabelText('Date of birth', { selector: '[type=date]' });
  return { ...view, born };
}

test.each([FIRST, LAST])(
  'the last day to be born on is the clinic’s today, in %s',
  async (zone) => {
    const { born } = await openIn(zone);
    expect(born).toHaveAttribute('max', today(zone));
  },
);

test.each([
  [FIRST, ''],
  [LAST, 'This day has not come yet.'],
])('who is born today where the day begins is, in %s, told %p', async (zone, fault) => {
  const created = answer('post', '/patients', () => aPatient());
  const { user, born } = await openIn(zone);
  await user.type(screen.getByLabelText(/^Full name/), 'Asha Rao');
  await user.click(screen.getByRole('radio', { name: 'Female' }));
  await user.type(born, today(FIRST));
  await user.click(screen.getByRole('button', { name: 'Save patient' }));
  if (fault) await waitFor(() => expect(born).toHaveAccessibleDescription(fault));
  else await waitFor(() => expect(created).toHaveLength(1));
});

test.each([
  ['2000-02-29', '2026-02-28', 25],
  ['2000-02-29', '2026-03-01', 26],
  ['2026-11-28', '2026-11-28', 0],
  ['2026-11-29', '2026-11-28', -1],
  ['1990-13-01', '2026-11-28', undefined],
  ['21-09-1990', '2026-11-28', undefined],
])('born on %s one is on %s of the age %p', (date_of_birth, now, years) => {
  expect(yearsOf({ birth: 'date', date_of_birth }, now)).toBe(years);
});

import { act, screen } from '@testing-library/react';
import { connection } from '@/api/connection';
import { router } from '@/test/next-navigation';
import { renderApp } from '@/test/render';
import { answer } from '@/test/server';
import { NewPatient } from '../new-patient';

export const field = (label: RegExp) => screen.getByLabelText(label);
export const save = () => screen.getByRole('button', { name: 'Save patient' });

/** The form for a new patient, where nobody is like them. */
export function open(props = {}) {
  answer('get', '/patients/duplicates', () => ({ results: [] }));
  return renderApp(<NewPatient {...props} />);
}

export async function fill(user: ReturnType<typeof open>['user']) {
  await user.type(field(/^Full name/), 'Asha Rao');
  await user.click(screen.getByRole('radio', { name: 'Female' }));
  await user.type(screen.getByRole('textbox', { name: 'Age' }), '34');
}

/** The same for each try to save one and the same patient. */
export const keyOf = (request: Request | undefined) => request?.headers.get('idempotency-key');

/** After each test. */
export function leave() {
  router.push.mockClear();
  act(() => connection.report(true));
}

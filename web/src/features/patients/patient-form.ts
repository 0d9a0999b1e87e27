import { patientFields } from '@/api/fields/patient';
import type { Patient } from '@/api/types';
import type { FormOptions } from '@/forms/use-ruled-form';
import type { FormOf } from '@/forms/form-of';
import type { Values } from '@/forms/values';
import { today } from '@/lib/zoned-time';

export type PatientForm = FormOf<keyof typeof patientFields>;

const OLDEST = 130;

/** The patient's form: an age or a date of birth is asked for, as its value `birth` says; many know only the one. */
export const patientForm: FormOptions<typeof patientFields> = {
  fields: patientFields,
  words: 'patients',
  hidden: ({ birth }) => (birth === 'age' ? { date_of_birth: 'age' } : { age: 'date_of_birth' }),
  check: (values, zone) =>
    values.birth === 'age'
      ? { age: values.age?.trim() ? undefined : 'required' }
      : { date_of_birth: birthdayFault(values, today(zone)) },
};

/** Values of the form that are not simply the patient's. */
export function birthOf({ age, date_of_birth }: Patient): Values {
  return date_of_birth ? { birth: 'date', age: '' } : { birth: 'age', age: String(age) };
}

function birthdayFault(values: Values, now: string) {
  if (!values.date_of_birth) return 'required';
  const years = yearsOf(values, now);
  if (years === undefined) return 'invalid';
  if (years < 0) return 'max_value';
  return years > OLDEST ? 'min_value' : undefined;
}

/** Years completed on the day `now`, or undefined while what is typed is no age or date. */
export function yearsOf(
  { birth, age = '', date_of_birth: born = '' }: Partial<Values>,
  now: string,
) {
  if (birth === 'age') return /^\d{1,3}$/.test(age.trim()) ? Number(age) : undefined;
  if (!/^\d{4}-\d\d-\d\d$/.test(born) || Number.isNaN(Date.parse(born))) return undefined;
  const years = Number(now.slice(0, 4)) - Number(born.slice(0, 4));
  return now.slice(5) < born.slice(5) ? years - 1 : years;
}

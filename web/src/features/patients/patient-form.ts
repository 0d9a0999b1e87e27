import { patientFields } from '@/api/fields/patient';
import type { Patient } from '@/api/types';
import type { FormOptions } from '@/forms/use-resource-form';
import type { FormOf } from '@/forms/form-of';
import type { Values } from '@/forms/values';

export type PatientForm = FormOf<keyof typeof patientFields>;

const OLDEST = 130;

/** The patient's form: an age or a date of birth is asked for, as its value `birth` says; many know only the one. */
export const patientForm: FormOptions<typeof patientFields> = {
  fields: patientFields,
  words: 'patients',
  hidden: ({ birth }) => (birth === 'age' ? { date_of_birth: 'age' } : { age: 'date_of_birth' }),
  check: (values) =>
    values.birth === 'age'
      ? { age: values.age?.trim() ? undefined : 'required' }
      : { date_of_birth: birthdayFault(values) },
};

/** Values of the form that are not simply the patient's. */
export function birthOf({ age, date_of_birth }: Patient): Values {
  return date_of_birth ? { birth: 'date', age: '' } : { birth: 'age', age: String(age) };
}

function birthdayFault(values: Values) {
  if (!values.date_of_birth) return 'required';
  const years = yearsOf(values);
  if (years === undefined) return 'invalid';
  if (years < 0) return 'max_value';
  return years > OLDEST ? 'min_value' : undefined;
}

/** Completed years, or undefined while what is typed is no age or date. */
export function yearsOf({ birth, age = '', date_of_birth = '' }: Partial<Values>) {
  if (birth === 'age') return /^\d{1,3}$/.test(age.trim()) ? Number(age) : undefined;
  const born = new Date(date_of_birth);
  if (Number.isNaN(born.getTime())) return undefined;
  const now = new Date();
  const hadBirthday =
    now.getMonth() > born.getUTCMonth() ||
    (now.getMonth() === born.getUTCMonth() && now.getDate() >= born.getUTCDate());
  return now.getFullYear() - born.getUTCFullYear() - (hadBirthday ? 0 : 1);
}

import type { Patient, PatientCreate, PatientUpdate, PhoneRelation, Sex } from '@/api/types';
import { nationalDigits, phoneForInput } from '@/lib/phone';

export const RELATIONS = [
  'self',
  'parent',
  'spouse',
  'child',
  'guardian',
  'other',
] as const satisfies readonly PhoneRelation[];

/** The form as it is typed: text everywhere, empty for nothing. */
export interface PatientFormValues {
  name: string;
  sex: Sex | '';
  /** Which of the two is asked for. */
  birth: 'age' | 'date';
  age: string;
  date_of_birth: string;
  phone: string;
  phone_relation: PhoneRelation | '';
  guardian_name: string;
  email: string;
  address: string;
  city: string;
  pincode: string;
}

export const FORM_FIELDS = [
  'name',
  'sex',
  'age',
  'date_of_birth',
  'phone',
  'phone_relation',
  'guardian_name',
  'email',
  'address',
  'city',
  'pincode',
] as const satisfies readonly (keyof PatientFormValues)[];
export type FormField = (typeof FORM_FIELDS)[number];

export const EMPTY_FORM: PatientFormValues = {
  name: '',
  sex: '',
  birth: 'age',
  age: '',
  date_of_birth: '',
  phone: '',
  phone_relation: '',
  guardian_name: '',
  email: '',
  address: '',
  city: '',
  pincode: '',
};

export function formValuesOf(patient: Patient): PatientFormValues {
  return {
    name: patient.name,
    sex: patient.sex,
    birth: patient.date_of_birth ? 'date' : 'age',
    age: patient.date_of_birth ? '' : String(patient.age),
    date_of_birth: patient.date_of_birth ?? '',
    phone: phoneForInput(patient.phone),
    phone_relation: patient.phone_relation ?? '',
    guardian_name: patient.guardian_name ?? '',
    email: patient.email ?? '',
    address: patient.address ?? '',
    city: patient.city ?? '',
    pincode: patient.pincode ?? '',
  };
}

/** What the API is told. The form has been checked, so that a sex has been chosen. */
export function payloadOf(values: PatientFormValues): PatientCreate {
  const orNull = (text: string) => text.trim() || null;
  const digits = nationalDigits(values.phone);
  return {
    name: values.name.trim(),
    sex: values.sex || 'unknown',
    ...(values.birth === 'age'
      ? { age: Number(values.age) }
      : { date_of_birth: values.date_of_birth }),
    phone: digits ? `+91${digits}` : orNull(values.phone),
    phone_relation: values.phone_relation || null,
    guardian_name: orNull(values.guardian_name),
    email: orNull(values.email),
    address: orNull(values.address),
    city: orNull(values.city),
    pincode: orNull(values.pincode.replace(/\s/g, '')),
  };
}

/** Only what differs from what the form started with: fields nobody touched cannot collide. */
export function changesBetween(base: PatientFormValues, now: PatientFormValues): PatientUpdate {
  const before = payloadOf(base);
  const entries = Object.entries(payloadOf(now));
  return Object.fromEntries(
    entries.filter(([field, value]) => before[field as keyof PatientCreate] !== value),
  );
}

/** Completed years, or undefined while what is typed is no age or date. */
export function yearsOf(values: Pick<PatientFormValues, 'birth' | 'age' | 'date_of_birth'>) {
  if (values.birth === 'age') {
    return /^\d{1,3}$/.test(values.age.trim()) ? Number(values.age) : undefined;
  }
  const born = new Date(values.date_of_birth);
  if (Number.isNaN(born.getTime())) return undefined;
  const now = new Date();
  const hadBirthday =
    now.getMonth() > born.getUTCMonth() ||
    (now.getMonth() === born.getUTCMonth() && now.getDate() >= born.getUTCDate());
  return now.getFullYear() - born.getUTCFullYear() - (hadBirthday ? 0 : 1);
}

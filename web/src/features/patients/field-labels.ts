import type { FormField } from './form-values';

/** What a field is called, as the key of its words. */
export const FIELD_LABELS = {
  name: 'name',
  sex: 'sex',
  age: 'age',
  date_of_birth: 'dateOfBirth',
  phone: 'phone',
  phone_relation: 'relation',
  guardian_name: 'guardian',
  email: 'email',
  address: 'address',
  city: 'city',
  pincode: 'pincode',
} as const satisfies Record<FormField, string>;

import type { components } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
/** `tenants` comes with the code tenant_required alone: the clinics to choose from. */
export type Problem = Schemas['Problem'] & { tenants?: { slug: string; name: string }[] };
export type LoginRequest = Schemas['LoginRequest'];
export type RegisterRequest = Schemas['RegisterRequest'];
export type RegisterResponse = Schemas['RegisterResponse'];
export type SlugAvailability = Schemas['SlugAvailability'];
export type Patient = Schemas['Patient'];
export type PatientCreate = Schemas['PatientCreate'];
export type PatientUpdate = Schemas['PatientUpdate'];
export type PatientPage = Schemas['PatientPage'];
export type PatientList = Schemas['PatientList'];
export type Sex = Patient['sex'];
export type PhoneRelation = NonNullable<Patient['phone_relation']>;

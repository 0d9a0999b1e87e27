import type { components } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type Problem = Schemas['Problem'];
export type LoginRequest = Schemas['LoginRequest'];
export type RegisterRequest = Schemas['RegisterRequest'];
export type RegisterResponse = Schemas['RegisterResponse'];
export type SlugAvailability = Schemas['SlugAvailability'];
export type MeUpdate = Schemas['MeUpdate'];
export type SessionList = Schemas['SessionList'];
export type Session = SessionList['results'][number];
export type Patient = Schemas['Patient'];
export type PatientCreate = Schemas['PatientCreate'];
export type PatientUpdate = Schemas['PatientUpdate'];
export type PatientPage = Schemas['PatientPage'];
export type PatientList = Schemas['PatientList'];
export type Sex = Patient['sex'];
export type PhoneRelation = NonNullable<Patient['phone_relation']>;

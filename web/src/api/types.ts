import type { components } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
/** Any problem of the API; its code tells which. */
export type Problem = Schemas[Extract<keyof Schemas, `${string}Problem`>];
/** The organisations to choose from at a sign-in. */
export type TenantChoice = Schemas['TenantChoiceProblem']['tenants'];
export type LoginRequest = Schemas['LoginRequest'];
export type RegisterRequest = Schemas['RegisterRequest'];
export type RegisterResponse = Schemas['RegisterResponse'];
export type SlugAvailability = Schemas['SlugAvailability'];
export type MeUpdate = Schemas['MeUpdate'];
export type SessionList = Schemas['SessionList'];
export type Session = SessionList['results'][number];
export type Organization = Schemas['Organization'];
export type OrganizationUpdate = Schemas['OrganizationUpdate'];
export type OrganizationDeletion = Schemas['OrganizationDeletion'];
export type Domain = Schemas['Domain'];
export type DomainList = Schemas['DomainList'];
export type FileUpload = Schemas['FileUpload'];
export type Patient = Schemas['Patient'];
export type PatientCreate = Schemas['PatientCreate'];
export type PatientUpdate = Schemas['PatientUpdate'];
export type PatientPage = Schemas['PatientPage'];
export type PatientList = Schemas['PatientList'];
export type Sex = Schemas['PatientSex'];
export type PhoneRelation = Schemas['PatientPhoneRelation'];

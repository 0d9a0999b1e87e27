import type { TriedRequest } from './api-docs';
import { type Clinic, PASSWORD } from './clinics';

/** What later trials need of an answer. */
export interface Answer {
  id?: string;
  results?: { id: string; current?: boolean }[];
}

export function answerOf(json = '{}'): Answer {
  const body: unknown = JSON.parse(json);
  return isAnswer(body) ? body : {};
}

/** All of it is optional. */
function isAnswer(body: unknown): body is Answer {
  return typeof body === 'object' && body !== null;
}

interface Trial extends TriedRequest {
  /** That of a valid request. */
  status: number;
}

type Seen = Record<string, Answer>;

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const PATIENT = { name: 'Asha Rao', sex: 'female', age: 41 };

/** The owner of a fresh clinic tries everything once, in this order: what ends sessions comes last. */
export const TRIALS: Record<string, (seen: Seen, clinic: Clinic) => Trial> = {
  healthz: () => ({ status: 200 }),
  readyz: () => ({ status: 200 }),
  jwks: () => ({ status: 200 }),
  openapi: () => ({ status: 200 }),

  patients_list: () => ({ status: 200 }),
  // The example has both an age and a date of birth, of which a patient has one.
  patients_create: () => ({ status: 201, body: PATIENT }),
  patients_retrieve: (seen) => ({ status: 200, parameters: the(seen, 'patients_create') }),
  patients_update: (seen) => ({
    status: 200,
    parameters: the(seen, 'patients_create'),
    body: { city: 'Kochi' },
  }),
  patients_replace: (seen) => ({
    status: 200,
    parameters: the(seen, 'patients_create'),
    body: PATIENT,
  }),
  patients_archive: (seen) => ({ status: 204, parameters: the(seen, 'patients_create') }),
  patients_restore: (seen) => ({ status: 200, parameters: the(seen, 'patients_create') }),
  patients_duplicates: () => ({ status: 200, parameters: { name: 'Asha Rao' } }),

  files_upload: () => ({ status: 201, body: { name: 'pixel.png', size: PIXEL.length } }),
  files_put_chunk: (seen) => ({
    status: 200,
    parameters: { ...the(seen, 'files_upload'), ordinal: '0' },
    file: PIXEL,
  }),
  files_download: (seen) => ({ status: 200, parameters: the(seen, 'files_upload') }),
  files_discard: (seen) => ({ status: 204, parameters: the(seen, 'files_upload') }),

  auth_me: () => ({ status: 200 }),
  auth_me_update: () => ({ status: 200, body: { full_name: 'Meena Rao' } }),
  auth_slug_availability: () => ({ status: 200, parameters: { slug: 'lotus' } }),
  auth_refresh: () => ({ status: 200 }),
  auth_token: (_, { email, slug }) => ({
    status: 200,
    body: { grant_type: 'password', email, password: PASSWORD, tenant: slug },
  }),
  auth_sessions: () => ({ status: 200 }),
  auth_sessions_end: ({ auth_sessions }) => ({
    status: 204,
    parameters: { id: auth_sessions?.results?.find(({ current }) => !current)?.id ?? '' },
  }),
  auth_enter_begin: () => ({ status: 302 }),
  // The two halves of a hand-off between hosts, which only the browser itself can make: the first stands at the root
  // host, and the code for the second is in the address that it leads to.
  auth_handoff: () => ({ status: 404 }),
  auth_enter: () => ({ status: 401, body: { code: 'spent' } }),

  auth_register: (_, { slug }) => ({
    status: 201,
    body: {
      organization_name: 'Second Clinic',
      slug: `${slug}-2`,
      full_name: 'Meena Rao',
      email: `second@${slug}.example`,
      password: PASSWORD,
    },
  }),
  auth_logout: () => ({ status: 204 }),
  auth_login: (_, { email }) => ({ status: 200, body: { email, password: PASSWORD } }),
  auth_logout_all: () => ({ status: 204 }),
};

function the(seen: Seen, operation: string): { id: string } {
  return { id: seen[operation]?.id ?? '' };
}

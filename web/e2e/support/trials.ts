import { operations, type TriedRequest } from './api-docs';
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
type MakeTrial = (seen: Seen, clinic: Clinic) => Trial;

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What every resource has, with the examples that the page offers. */
const OF_RESOURCES: Record<string, (the: { id: string }, whole: Trial['body']) => Trial> = {
  list: () => ({ status: 200 }),
  create: (_, whole) => ({ status: 201, body: whole }),
  retrieve: (the) => ({ status: 200, parameters: the }),
  update: (the, whole) => ({ status: 200, parameters: the, body: whole }),
  replace: (the, whole) => ({ status: 200, parameters: the, body: whole }),
  archive: (the) => ({ status: 204, parameters: the }),
  restore: (the) => ({ status: 200, parameters: the }),
};

/** An operation of a resource, or OPTIONS of any address; nothing of others, which have a trial below. */
function usualTrial(id: string): MakeTrial | undefined {
  const [, plural = '', act = ''] = /^(.+?)_([a-z]+)$/.exec(id) ?? [];
  const usual = `${plural}_create` in operations ? OF_RESOURCES[act] : undefined;
  if (usual) return (seen) => usual(the(seen, `${plural}_create`), (body) => withReal(seen, body));
  if (!id.endsWith('_options')) return undefined;
  const parameters = operations[id]?.path.includes('{id}');
  const resource = operations[id]?.tags[0];
  return (seen) => ({
    status: 200,
    parameters: parameters ? the(seen, `${resource}_create`) : undefined,
  });
}

/** An example names objects that no clinic has: `patient_id`. */
function withReal(seen: Seen, body: object): object {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]: [string, unknown]) => {
      const made = seen[`${name.replace(/_id$/, '')}s_create`];
      return [name, name.endsWith('_id') && made?.id ? made.id : value];
    }),
  );
}

const usualTrials: [string, MakeTrial][] = Object.keys(operations).flatMap((id) => {
  const trial = usualTrial(id);
  return trial ? [[id, trial]] : [];
});

/** The owner of a fresh clinic tries everything once, in this order: what ends sessions comes last. */
export const TRIALS: Record<string, MakeTrial> = {
  ...Object.fromEntries(usualTrials),

  healthz: () => ({ status: 200 }),
  readyz: () => ({ status: 200 }),
  jwks: () => ({ status: 200 }),
  openapi: () => ({ status: 200 }),

  patients_duplicates: () => ({ status: 200, parameters: { name: 'Asha Rao' } }),

  files_upload: () => ({ status: 201, body: { name: 'pixel.png', size: PIXEL.length } }),
  files_put_chunk: (seen) => ({
    status: 200,
    parameters: { ...the(seen, 'files_upload'), ordinal: '0' },
    file: PIXEL,
  }),
  files_download: (seen) => ({ status: 200, parameters: the(seen, 'files_upload') }),
  files_discard: (seen) => ({ status: 204, parameters: the(seen, 'files_upload') }),

  organization_retrieve: () => ({ status: 200 }),
  organization_update: () => ({ status: 200, body: { time_zone: 'Asia/Kolkata' } }),
  // The end itself is tried in organization.spec.ts: nothing could follow it here.
  organization_delete: (_, { slug }) => ({ status: 400, body: { slug, password: 'not it' } }),
  // No record says that clinic.example is this clinic's.
  domains_verify: (seen) => ({ status: 409, parameters: the(seen, 'domains_create'), body: {} }),
  domains_remove: (seen) => ({ status: 204, parameters: the(seen, 'domains_create') }),
  // Answered at the API's own port alone, and not to a page.
  tls_allow: () => ({ status: 404, parameters: { domain: 'localhost' } }),

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

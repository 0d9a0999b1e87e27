import { expect, type Page } from '@playwright/test';

export const PASSWORD = 'three or four words';

export interface Clinic {
  name: string;
  slug: string;
  /** Of the clinic's own host. */
  origin: string;
  /** Of the installation's root host. */
  root: string;
  email: string;
}

let made = 0;

/** A clinic that does not exist yet, at the installation with this root origin. */
export function newClinic(root: string): Clinic {
  made += 1;
  const slug = `e2e-${Date.now().toString(36)}-${process.pid.toString(36)}-${made}`;
  const { protocol, host, origin } = new URL(root);
  return {
    name: 'Lotus Clinic',
    slug,
    origin: `${protocol}//${slug}.${host}`,
    root: origin,
    email: `owner@${slug}.example`,
  };
}

/** A clinic signed up by the API, its owner on its patient list: for tests whose subject is not the sign-up. */
export async function openClinic(page: Page, { name, slug, origin, root, email }: Clinic) {
  const person = { full_name: 'Meena Rao', email, password: PASSWORD };
  await post(page, root, '/api/v1/auth/register', { organization_name: name, slug, ...person });
  await post(page, origin, '/api/v1/auth/login', { email, password: PASSWORD });
  await page.goto(`${origin}/patients`);
  await expect(page.getByRole('heading', { name: 'Patients', exact: true })).toBeVisible();
}

/** From a page of that origin, an empty one: cookies with the __Host- prefix live in the browser alone. */
async function post(page: Page, origin: string, path: string, body: Record<string, string>) {
  const empty = `${origin}/empty`;
  await page.route(empty, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(empty);
  await page.unroute(empty);
  const ok = await page.evaluate(
    async ([path, body]) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(path, { method: 'POST', headers, body })).ok;
    },
    [path, JSON.stringify(body)] as const,
  );
  expect(ok, path).toBe(true);
}

/** By the form. */
export async function signUp(page: Page, { name, slug, origin, root, email }: Clinic) {
  await page.goto(`${root}/sign-up`);
  await page.getByLabel('Clinic name').fill(name);
  await page.getByLabel('Web address').fill(slug);
  await page.getByLabel('Your name').fill('Meena Rao');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create clinic' }).click();
  await page.waitForURL(`${origin}/patients`);
  await expect(page.getByRole('heading', { name: 'Patients', exact: true })).toBeVisible();
}

export async function signIn(page: Page, { email }: Clinic) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export interface NewPatient {
  name: string;
  sex: 'female' | 'male' | 'other' | 'unknown';
  age?: number;
  date_of_birth?: string;
  phone?: string;
}

/** By the API, from the page: cookies with the __Host- prefix live in the browser alone. */
export async function addPatients(page: Page, patients: NewPatient[]): Promise<string[]> {
  const answers = await page.evaluate(async (bodies) => {
    const made: { status: number; id: string }[] = [];
    for (const body of bodies) {
      const response = await fetch('/api/v1/patients', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const patient: unknown = await response.json();
      const known = typeof patient === 'object' && patient !== null && 'id' in patient;
      made.push({ status: response.status, id: known ? String(patient.id) : '' });
    }
    return made;
  }, patients);
  expect(answers.map(({ status }) => status)).toEqual(patients.map(() => 201));
  return answers.map(({ id }) => id);
}

import { test as base, expect, type Page } from '@playwright/test';

const root = new URL(process.env.TERRACE_TEST_ORIGIN ?? 'http://localhost:18000');

export const PASSWORD = 'three or four words';

export interface Clinic {
  name: string;
  slug: string;
  origin: string;
  email: string;
}

interface Fixtures {
  /** Fails a test whose pages break their content policy, throw, call another host or scroll sideways. */
  manners: void;
  /** A clinic just signed up, its owner signed in, on its patient list. */
  clinic: Clinic;
}

export const test = base.extend<Fixtures>({
  manners: [
    async ({ page }, use) => {
      const faults = watch(page);
      await use();
      expect(faults).toEqual([]);
      expect(await sidewaysBy(page)).toBeLessThanOrEqual(0);
    },
    { auto: true },
  ],
  clinic: async ({ page }, use) => {
    const clinic = newClinic();
    await signUp(page, clinic);
    await use(clinic);
  },
});

export { expect };

/** Pixels by which the page is wider than the screen. */
export function sidewaysBy(page: Page) {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const { protocol, hostname, port } = new URL(request.url());
    const ours = hostname === root.hostname || hostname.endsWith(`.${root.hostname}`);
    if (protocol.startsWith('http') && !(ours && port === root.port)) faults.push(request.url());
  });
  return faults;
}

let made = 0;

export function newClinic(): Clinic {
  made += 1;
  const slug = `e2e-${Date.now().toString(36)}-${process.pid.toString(36)}-${made}`;
  return {
    name: 'Lotus Clinic',
    slug,
    origin: `${root.protocol}//${slug}.${root.host}`,
    email: `owner@${slug}.example`,
  };
}

export async function signUp(page: Page, { name, slug, origin, email }: Clinic) {
  await page.goto(`${root.origin}/sign-up`);
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
  age: number;
  phone?: string;
}

/** By the API, from the page: cookies with the __Host- prefix live in the browser alone. */
export async function addPatients(page: Page, patients: NewPatient[]) {
  const statuses = await page.evaluate(async (bodies) => {
    const answers: number[] = [];
    for (const body of bodies) {
      const response = await fetch('/api/v1/patients', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      answers.push(response.status);
    }
    return answers;
  }, patients);
  expect(statuses).toEqual(patients.map(() => 201));
}

/** As if its time had run out: the browser drops it, the refresh cookie stays. */
export async function loseCookies(page: Page, origin: string, names: string[]) {
  const browser = await page.context().newCDPSession(page);
  for (const name of names) await browser.send('Network.deleteCookies', { name, url: origin });
  await browser.detach();
}

/** Waits until React has taken the page over, so that a press is not lost. */
export async function hydrated(page: Page) {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__react')),
  );
}

export async function openAccountMenu(page: Page) {
  await page
    .getByRole('button', { name: /^Account/ })
    .filter({ visible: true })
    .click();
  await expect(page.getByRole('menu')).toBeVisible();
}

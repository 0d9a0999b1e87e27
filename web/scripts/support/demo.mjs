/** What the scripts that look at a running `bin/up` share: its origin, its demo sign-ins, a browser. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { CHROMIUM } from './chromium.mjs';

const repository = path.resolve(import.meta.dirname, '../../..');
const home = process.env.TERRACE_HOME ?? path.join(repository, '.terrace');
const port = process.env.TERRACE_PORT ?? '8000';

export const origin = new URL(process.env.TERRACE_ORIGIN ?? `http://localhost:${port}`).origin;

/** The first demo clinic: the origin of its host, and its owner's sign-in. */
export async function demoClinic() {
  const { tenants } = JSON.parse(await readFile(path.join(home, 'demo.json'), 'utf8'));
  const [{ slug, users }] = tenants;
  const { protocol, host } = new URL(origin);
  const { email, password } = users.find(({ role }) => role === 'owner');
  return { origin: `${protocol}//${slug}.${host}`, email, password };
}

/** A browser with an empty profile. */
export function freshBrowser(options = {}) {
  return chromium.launchPersistentContext('', {
    executablePath: CHROMIUM,
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
    ...options,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...(options.args ?? [])],
  });
}

/** Signs in by the API, from a page of the clinic: cookies with the __Host- prefix live in the browser alone. */
export async function signIn(page, clinic) {
  await page.goto(`${clinic.origin}/sign-in`);
  const status = await page.evaluate(async ({ email, password }) => {
    const response = await fetch('/api/v1/auth/login', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    return response.status;
  }, clinic);
  if (status !== 200) throw new Error(`signing in to ${clinic.origin} was answered with ${status}`);
}

/** The path of the first patient of the list, asked for from a page of the clinic whose person is signed in. */
export async function firstPatient(page) {
  return page.evaluate(async () => {
    const { results } = await (await fetch('/api/v1/patients?limit=1')).json();
    return `/patients/${results[0].id}`;
  });
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { addPatients, expect, hydrated, openAccountMenu, test } from './fixtures';
import { expectAccessible } from './support/axe';
import { outOfOrder, tabThrough } from './support/focus';
import { pageRoutes } from './support/routes';

const LONG_NAME = 'Venkatanarasimharajuvaripeta Subramaniam Lakshminarayana';

/** Where each page of the app is seen: signed in on the clinic's host, or signed out on the root host. */
const SIGNED_IN: Record<string, (id: string) => string> = {
  '/account': () => '/account',
  '/patients': () => '/patients',
  '/patients/new': () => '/patients/new',
  '/patients/[id]': (id) => `/patients/${id}`,
  '/patients/[id]/edit': (id) => `/patients/${id}/edit`,
  '/settings/organization': () => '/settings/organization',
};
const SIGNED_OUT: Record<string, string> = {
  '/': '/',
  '/hi': '/hi',
  '/sign-in': '/sign-in',
  '/sign-up': '/sign-up',
  '/enter': '/enter?code=used-up',
  '/session/renew': '/session/renew',
  '/session/elsewhere': '/session/elsewhere',
  '/[...missing]': '/no/such/page',
  '/api/docs': '/api/docs',
};
/** What is looked at in a spec of its own, with the pages below. */
const IN_SPECS_OF_THEIR_OWN: string[] = [];
/** Pages that are none of Next.js's. */
const OTHERS = ['/offline.html'];
/** What nginx says while the web server is away. */
const UNAVAILABLE = path.resolve(import.meta.dirname, '../../deploy/nginx/pages/unavailable.html');

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('every page of the app is looked at below', () => {
  const here = pageRoutes().filter(
    (route) => !IN_SPECS_OF_THEIR_OWN.some((own) => route === own || route.startsWith(`${own}/`)),
  );
  expect([...Object.keys(SIGNED_IN), ...Object.keys(SIGNED_OUT)].sort()).toEqual(here);
});

test('every page of a clinic is accessible', async ({ page, clinic }) => {
  const [id = ''] = await addPatients(page, [
    { name: LONG_NAME, sex: 'male', age: 71, phone: '+919845012345' },
  ]);
  for (const [route, path] of Object.entries(SIGNED_IN)) {
    await page.goto(clinic.origin + path(id));
    await hydrated(page);
    await expectAccessible(page, route);
  }
  await page.goto(`${clinic.origin}/patients/00000000-0000-4000-8000-000000000000`);
  await expectAccessible(page, 'no such patient');
});

test('every page for everyone is accessible', async ({ page, root }) => {
  for (const path of [...Object.values(SIGNED_OUT), ...OTHERS]) {
    await page.goto(root + path);
    await expectAccessible(page, path);
  }
  await page.goto(`${root.replace('://', '://no-such-clinic.')}/patients`);
  await expectAccessible(page, 'No clinic at this address');
  await page.goto('about:blank');
  await page.setContent(await readFile(UNAVAILABLE, 'utf8'));
  await expectAccessible(page, 'unavailable.html');
});

test('every state of a page is accessible', async ({ page, clinic }) => {
  const at = (path: string) => page.goto(`${clinic.origin}${path}`);

  await expectAccessible(page, 'empty list');
  await addPatients(page, [
    { name: LONG_NAME, sex: 'male', age: 71, phone: '+919845012345' },
    { name: 'Aarav Rao', sex: 'male', age: 0, phone: '+919845012345' },
  ]);
  await at('/patients');
  await hydrated(page);
  await openAccountMenu(page);
  await expectAccessible(page, 'account menu');
  await at('/patients?columns=number.age.phone.city.pincode.guardian_name.email.created_at');
  await hydrated(page);
  await expectAccessible(page, 'list with all columns');
  await page.getByRole('button', { name: 'List options' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page, 'menu of a list');
  await at('/patients?search=nobody');
  await expectAccessible(page, 'nobody found');
  await at('/patients/new');
  await page.getByLabel(/^Phone/).fill('98450 12345');
  await page.getByRole('button', { name: 'Save patient' }).click();
  await expect(page.getByText('2 possible matches')).toBeVisible();
  await expectAccessible(page, 'new patient with errors');

  await page.context().clearCookies();
  await page.goto('/sign-up');
  await page.getByRole('button', { name: 'Create clinic' }).click();
  await expect(page.getByText('Enter your name.')).toBeVisible();
  await expectAccessible(page, 'sign up with errors');
});

test('the Tab key leads to everything in the order in which it is read, and to nothing unseen', async ({
  page,
  clinic,
  isMobile,
}) => {
  await addPatients(page, [
    { name: 'Asha Rao', sex: 'female', age: 34 },
    { name: 'Aarav Rao', sex: 'male', age: 0 },
  ]);
  const stopsOf = async (address: string) => {
    await page.goto(clinic.origin + address);
    await hydrated(page);
    // Where there is a keyboard the form begins with its first field, once it is ready.
    if (address === '/patients/new' && !isMobile) {
      await expect(page.getByLabel(/^Phone/)).toBeFocused();
    }
    const stops = await tabThrough(page);
    const inMain = stops.filter((stop) => stop.inMain);
    expect(stops.filter(({ seen }) => !seen)).toEqual([]);
    expect(outOfOrder(inMain), address).toEqual([]);
    return inMain.map(({ name }) => name);
  };

  const list = await stopsOf('/patients');
  expect(list.slice(-2)).toEqual(['Aarav Rao', 'Asha Rao']);
  expect(list.includes('Name')).toBe(!isMobile);

  const form = await stopsOf('/patients/new');
  expect(form.slice(0, 3)).toEqual(['Patients', 'phone', 'name']);
  expect(form.slice(-2)).toEqual(['Save patient', 'Cancel']);
  const age = page.getByRole('radio', { name: 'Age', exact: true });
  const chip = page.locator('label').filter({ has: age });
  expect((await chip.boundingBox())?.height).toBeGreaterThanOrEqual(isMobile ? 44 : 24);
});

test('the app speaks Hindi, and remembers it', async ({ page, clinic }) => {
  await hydrated(page);
  await openAccountMenu(page);
  await page.getByRole('menuitemradio', { name: 'हिन्दी' }).click();
  await expect(page.getByRole('heading', { name: 'मरीज़', exact: true })).toBeVisible();
  await page.goto(`${clinic.origin}/patients/new`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'hi-IN');
  await expect(page.getByRole('heading', { name: 'नया मरीज़' })).toBeVisible();
  await expectAccessible(page, 'Hindi form');
});

test('the keyboard reaches search and a new patient', async ({ page, clinic, isMobile }) => {
  test.skip(isMobile, 'Phones have no keyboard of this kind.');
  await page.goto(`${clinic.origin}/patients`);
  await hydrated(page);
  // The list may be a moment behind the rest of the page; who sees nothing happen presses again.
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox')).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Patients', exact: true }).click();
  await page.keyboard.press('n');
  await page.waitForURL('**/patients/new');
});

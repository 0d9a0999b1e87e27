import type { Page } from '@playwright/test';
import { expect, loseCookies, newClinic, openClinic, signIn, test } from './fixtures';
import { expectAccessible } from './support/axe';
import { operationOf, operations, tryIt } from './support/api-docs';
import { type Answer, answerOf, TRIALS } from './support/trials';

/** The id of no object. */
const NONE = '00000000-0000-4000-8000-000000000000';

test('every operation has a trial below', () => {
  expect(Object.keys(TRIALS).sort()).toEqual(Object.keys(operations).sort());
});

test('every operation is tried from the page, as the person who is signed in', async ({
  page,
  clinic,
}) => {
  test.slow(); // some thirty forms
  await openReference(page, clinic.origin);
  await expect(page.getByText('in the name of Meena Rao (Owner)')).toBeVisible();
  const seen: Record<string, Answer> = {};
  for (const [id, trial] of Object.entries(TRIALS)) {
    await test.step(id, async () => {
      const operation = operationOf(id);
      const { status, ...request } = trial(seen, clinic);
      const answer = await tryIt(page, operation, request);
      expect(answer.status, `${id}: ${answer.text}`).toBe(String(status));
      seen[id] = answerOf(answer.json);
    });
    if (id === 'auth_logout') await expect(page.getByText('You are not signed in')).toBeVisible();
    if (id === 'auth_login') await expect(page.getByText('Meena Rao (Owner)')).toBeVisible();
  }
  await expect(page.getByText('You are not signed in')).toBeVisible();
});

test('an address names an operation; a session that has run out is refreshed for it', async ({
  page,
  clinic,
}) => {
  await page.goto(`${clinic.origin}/api/docs#/patients/patients_list`);
  const list = page.locator('#operations-patients-patients_list');
  await expect(list.locator('.opblock-summary')).toBeInViewport();
  await expect(list.getByRole('button', { name: 'Execute' })).toBeVisible();
  await loseCookies(page, clinic.origin, ['__Host-at']);
  expect(await tryIt(page, operationOf('patients_list'), {})).toMatchObject({
    status: '200',
  });
});

test('who is not signed in is led to sign in, and back', async ({ page, root }) => {
  const clinic = newClinic(root);
  await openClinic(page, clinic);
  await page.context().clearCookies();
  await openReference(page, root);
  expect(await tryIt(page, operationOf('auth_me'), {})).toMatchObject({ status: '401' });
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, clinic);
  await page.waitForURL(`${clinic.origin}/api/docs`);
  await expect(page.getByText('in the name of Meena Rao (Owner)')).toBeVisible();
});

test('the page is accessible on a phone and on a desk', async ({ page, clinic }) => {
  test.slow(); // a long page, looked at four times
  await openReference(page, clinic.origin);
  await page.getByRole('button', { name: 'Schemas' }).click();
  await tryIt(
    page,
    operationOf('patients_update'),
    { parameters: { id: NONE } },
    {
      leaveOpen: true,
    },
  );
  for (const [width, height] of [
    [360, 740],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expectAccessible(page, `${width} px`);
  }
});

async function openReference(page: Page, origin: string) {
  await page.goto(`${origin}/api/docs`);
  await expect(page.getByRole('heading', { name: 'patients' })).toBeVisible();
}

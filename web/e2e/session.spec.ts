import { addPatients, expect, hydrated, loseCookies, PASSWORD, signIn, test } from './fixtures';

const ACCESS = '__Host-at';
const REFRESH = '__Host-rt';

test.describe('past the access token’s life', () => {
  test('a page load comes back signed in', async ({ page, clinic }) => {
    await loseCookies(page, clinic.origin, [ACCESS]);
    const response = await page.goto(`${clinic.origin}/patients`);
    expect(response?.status()).toBe(200);
    expect(response?.request().redirectedFrom()).toBeNull();
    await expect(page.getByRole('heading', { name: 'Patients', exact: true })).toBeVisible();
  });

  test('a client navigation goes on', async ({ page, clinic }) => {
    await hydrated(page);
    await loseCookies(page, clinic.origin, [ACCESS]);
    await page.getByRole('link', { name: 'New patient' }).filter({ visible: true }).first().click();
    await page.waitForURL('**/patients/new');
    await expect(page.getByRole('heading', { name: 'New patient' })).toBeVisible();
  });

  test('calls of the API share one refresh', async ({ page, clinic }) => {
    await addPatients(page, [{ name: 'Asha Rao', sex: 'female', age: 34 }]);
    await page.goto(`${clinic.origin}/patients`);
    await hydrated(page);
    const refreshes: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/auth/refresh')) refreshes.push(request.url());
    });
    await loseCookies(page, clinic.origin, [ACCESS]);
    await page.getByRole('searchbox').fill('Asha');
    await expect(page).toHaveURL(/search=Asha/);
    await expect(page.getByRole('row', { name: /Asha Rao/ })).toBeVisible();
    await expect.poll(() => refreshes.length).toBe(1);
  });
});

test('without a session a page leads to sign-in, and from there back to it', async ({
  page,
  clinic,
}) => {
  await loseCookies(page, clinic.origin, [ACCESS, REFRESH]);
  await page.goto(`${clinic.origin}/patients?search=asha`);
  await page.waitForURL('**/sign-in?next=*');
  await signIn(page, clinic);
  await page.waitForURL(`${clinic.origin}/patients?search=asha`);
});

test('a session that ends over a half-filled form asks for the password and keeps the form', async ({
  page,
  clinic,
}) => {
  await page.goto(`${clinic.origin}/patients/new`);
  await page.getByLabel('Full name').fill('Kept Patient');
  await page.getByRole('radio', { name: 'Female' }).check();
  await page.getByRole('textbox', { name: 'Age', exact: true }).fill('34');
  await loseCookies(page, clinic.origin, [ACCESS, REFRESH]);
  await page.getByRole('button', { name: 'Save patient' }).click();

  const dialog = page.getByRole('dialog', { name: 'You have been signed out' });
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Save patient' }).click();

  await page.waitForURL(/\/patients\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { name: 'Kept Patient' })).toBeVisible();
});

test('a wrong password says so, and a clinic’s own host opens on its patients', async ({
  page,
  clinic,
}) => {
  await loseCookies(page, clinic.origin, [ACCESS, REFRESH]);
  await page.goto(`${clinic.origin}/`);
  await page.waitForURL('**/sign-in?next=%2Fpatients');
  await page.getByLabel('E-mail').fill(clinic.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('E-mail and password do not match.')).toBeVisible();
});

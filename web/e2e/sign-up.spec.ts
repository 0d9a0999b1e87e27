import { expect, newClinic, PASSWORD, openClinic, test } from './fixtures';

test('an address that is taken is said so while typing, with one that is free', async ({
  page,
  clinic,
}) => {
  await page.goto('/sign-up');
  await page.getByLabel('Web address').fill(clinic.slug);
  await expect(page.getByText('This address is taken.')).toBeVisible();
  await page.getByLabel('Web address').fill(`${clinic.slug}-b`);
  await expect(page.getByText(/-b\..* is free/)).toBeVisible();
});

test('a name suggests the address, and each wrong field has its message', async ({ page }) => {
  await page.goto('/sign-up');
  await page.getByLabel('Clinic name').fill('Dr. Rao’s Children’s Hospital');
  await expect(page.getByLabel('Web address')).toHaveValue('dr-raos-childrens-hospital');
  await page.getByLabel('E-mail').fill('not an e-mail');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create clinic' }).click();
  await expect(page.getByLabel('Your name')).toHaveAccessibleDescription('Enter your name.');
  await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/such as/);
  await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(
    /at least 12 characters/i,
  );
});

test('at the root host, a person of one clinic signs in and lands there', async ({
  page,
  root,
}) => {
  const clinic = newClinic(root);
  await openClinic(page, clinic);
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(clinic.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${clinic.origin}/patients`);
});

test('a person of two clinics chooses one', async ({ page, root }) => {
  const first = newClinic(root);
  const second = { ...newClinic(root), name: 'Second Clinic', email: first.email };
  await openClinic(page, first);
  await page.context().clearCookies();
  await openClinic(page, second);
  await page.context().clearCookies();

  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(first.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /Second Clinic/ }).click();
  await page.waitForURL(`${second.origin}/patients`);
});

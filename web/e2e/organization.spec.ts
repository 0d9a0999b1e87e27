import type { Page } from '@playwright/test';
import { expect, hydrated, openAccountMenu, PASSWORD, test } from './fixtures';
import { expectAccessible } from './support/axe';
import { publish } from './support/dns';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

async function openSettings(page: Page, origin: string) {
  await page.goto(`${origin}/settings/organization`);
  await hydrated(page);
}

test('the owner finds the settings and changes name, language, time zone and logo', async ({
  page,
  clinic,
}) => {
  await openAccountMenu(page);
  await page.getByRole('menuitem', { name: 'Clinic settings' }).click();
  await page.waitForURL('**/settings/organization');
  await expect(page.getByRole('heading', { name: 'Clinic settings', level: 1 })).toBeVisible();

  await page.getByLabel('Clinic name').fill('');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByLabel('Clinic name')).toHaveAccessibleDescription(/Enter your clinic/);
  await expect(page.getByLabel('Clinic name')).toBeFocused();

  await page.getByLabel('Clinic name').fill('Kamal Clinic');
  await page.getByRole('radio', { name: 'हिन्दी' }).check();
  await page.getByLabel('Time zone').selectOption('Asia/Dubai');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Your clinic is saved.')).toBeVisible();

  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: PIXEL });
  await expect(page.getByRole('img', { name: 'Logo of Kamal Clinic' })).toBeVisible();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await expect(page.getByText('This is no picture that we can read.')).toBeVisible();

  await openSettings(page, clinic.origin);
  await expect(page.getByLabel('Clinic name')).toHaveValue('Kamal Clinic');
  await expect(page.getByRole('radio', { name: 'हिन्दी' })).toBeChecked();
  await expect(page.getByLabel('Time zone')).toHaveValue('Asia/Dubai');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('The logo is removed.')).toBeVisible();
  await expect(page.getByRole('img', { name: /^Logo of/ })).toBeHidden();
});

test('a change over somebody else’s is told, and nothing is lost', async ({ page, clinic }) => {
  await openSettings(page, clinic.origin);
  const elsewhere = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'Changed elsewhere' });
    return (await fetch('/api/v1/organization', { method: 'PATCH', headers, body })).status;
  });
  expect(elsewhere).toBe(200);
  await page.getByLabel('Clinic name').fill('Mine');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/Someone else changed this meanwhile/)).toBeVisible();
  await expect(page.getByLabel('Clinic name')).toHaveValue('Mine');
});

test('a new address is told to be free, and the page goes on there', async ({ page, clinic }) => {
  await openSettings(page, clinic.origin);
  const next = `${clinic.slug.slice(0, 36)}-new`;
  await page.getByRole('textbox', { name: 'Web address' }).fill('www');
  await expect(page.getByText('This address is kept for Terrace itself.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Web address' }).fill(next);
  await expect(page.getByText(`${next}.localhost`, { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Change address' }).click();
  await page.waitForURL(clinic.origin.replace(clinic.slug, next) + '/settings/organization');
  await expect(page.getByRole('textbox', { name: 'Web address' })).toHaveValue(next);
  const old = await page.goto(`${clinic.origin}/patients`);
  expect(old?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'No clinic at this address' })).toBeVisible();
});

test('a domain is added, proved by its record, and opens the clinic', async ({ page, clinic }) => {
  const domain = `${clinic.slug}.own.example`;
  await openSettings(page, clinic.origin);
  await page.getByLabel('Domain', { exact: true }).fill('https://clinic.example/');
  await page.getByRole('button', { name: 'Add domain' }).click();
  await expect(page.getByLabel('Domain', { exact: true })).toHaveAccessibleDescription(
    /Enter the domain alone/,
  );
  await page.getByLabel('Domain', { exact: true }).fill(domain);
  await page.getByRole('button', { name: 'Add domain' }).click();
  await expect(page.getByText('Waiting for the record')).toBeVisible();
  await expect(page.getByText('The record is not there yet.')).toBeVisible();
  await expectAccessible(page, 'a domain that waits');
  const before = await page.goto(
    `${new URL(clinic.root).protocol}//${domain}:${new URL(clinic.root).port}/`,
  );
  expect(before?.status()).toBe(404);

  await page.clock.install();
  await openSettings(page, clinic.origin);
  const name = `_terrace.${domain}`;
  publish(name, 'terrace-verification=mistyped');
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText('terrace-verification=mistyped')).toBeVisible();
  // It may be the page's own first look that found this, with the one just asked for still to come.
  await expect(page.getByRole('button', { name: 'Check now' })).toBeEnabled();

  const value = await page.getByText(/^terrace-verification=[\w-]{43}$/).innerText();
  publish(name, value);
  // The page looks by itself, four times a minute.
  await page.clock.fastForward('00:15');
  await expect(page.getByText('Verified')).toBeVisible();
  await expectAccessible(page, 'a domain that is proved');

  await page.getByRole('link', { name: domain }).click();
  await page.waitForURL(`**//${domain}:*/sign-in?**`);
  // Signed in there is whoever has TLS (tls/tls.spec.ts): over plain http a browser keeps Secure cookies of localhost alone.
  await expect(page.getByRole('main').getByText(domain)).toBeVisible();

  await openSettings(page, clinic.origin);
  await page.getByRole('button', { name: `Remove ${domain}` }).click();
  await expect(page.getByText(`${domain} is removed.`)).toBeVisible();
});

test('the clinic is deleted by its address and the password, and says until when there is a way back', async ({
  page,
  clinic,
}) => {
  await openSettings(page, clinic.origin);
  await page.getByRole('button', { name: `Delete ${clinic.name}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Delete the clinic' })).toBeDisabled();
  await expectAccessible(page, 'asking before a deletion');
  await dialog.getByLabel(`Type ${clinic.slug} to confirm`).fill(clinic.slug);
  await dialog.getByLabel('Your password').fill('not my password');
  await dialog.getByRole('button', { name: 'Delete the clinic' }).click();
  await expect(dialog.getByLabel('Your password')).toHaveAccessibleDescription(
    'This is not your password.',
  );
  await dialog.getByLabel('Your password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Delete the clinic' }).click();
  await expect(page.getByRole('heading', { name: `${clinic.name} is deleted` })).toBeVisible();
  await expect(page.getByText(/Until .+ our support can bring it back/)).toBeVisible();
  await page.getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('heading', { name: 'No clinic at this address' })).toBeVisible();
});

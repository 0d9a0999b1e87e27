import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { addPatients, expect, hydrated, openAccountMenu, sidewaysBy, test } from './fixtures';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function expectAccessible(page: Page, what: string) {
  await test.step(what, async () => {
    const { violations } = await new AxeBuilder({ page })
      .withTags(RULES)
      // A menu floats outside of all landmarks while it is open.
      .exclude('[data-radix-popper-content-wrapper]')
      .analyze();
    if (await page.getByRole('menu').isVisible()) {
      const menu = new AxeBuilder({ page }).include('[role=menu]').withTags(RULES);
      violations.push(...(await menu.disableRules('region').analyze()).violations);
    }
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
    expect(found).toEqual([]);
    expect(await sidewaysBy(page)).toBeLessThanOrEqual(0);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page is accessible, in ${colorScheme}`, async ({ page, clinic }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const at = (path: string) => page.goto(`${clinic.origin}${path}`);

    await expectAccessible(page, 'empty list');
    await addPatients(page, [
      {
        name: 'Venkatanarasimharajuvaripeta Subramaniam Lakshminarayana',
        sex: 'male',
        age: 71,
        phone: '+919845012345',
      },
      { name: 'Aarav Rao', sex: 'male', age: 0, phone: '+919845012345' },
    ]);
    await at('/patients');
    await expectAccessible(page, 'list');
    await hydrated(page);
    await openAccountMenu(page);
    await expectAccessible(page, 'account menu');
    await at('/patients?search=nobody');
    await expectAccessible(page, 'nobody found');
    await at('/patients/new');
    await page.getByLabel(/^Phone/).fill('98450 12345');
    await page.getByRole('button', { name: 'Save patient' }).click();
    await expect(page.getByText('2 possible matches')).toBeVisible();
    await expectAccessible(page, 'new patient with errors');
    await at('/patients');
    await page.getByRole('link', { name: 'Aarav Rao' }).click();
    await expect(page.getByRole('heading', { name: 'Aarav Rao' })).toBeVisible();
    await expectAccessible(page, 'patient');
    await page.getByRole('link', { name: 'Edit' }).click();
    await expect(page.getByRole('heading', { name: 'Edit patient' })).toBeVisible();
    await expectAccessible(page, 'edit');
    await at('/patients/00000000-0000-4000-8000-000000000000');
    await expectAccessible(page, 'no such patient');

    await page.context().clearCookies();
    await at('/sign-in');
    await expectAccessible(page, 'sign in');
    await page.goto('/sign-up');
    await page.getByRole('button', { name: 'Create clinic' }).click();
    await expect(page.getByText('Enter your name.')).toBeVisible();
    await expectAccessible(page, 'sign up with errors');
    await page.goto('/');
    await expectAccessible(page, 'landing');
  });
}

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
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Patients', exact: true }).click();
  await page.keyboard.press('n');
  await page.waitForURL('**/patients/new');
});

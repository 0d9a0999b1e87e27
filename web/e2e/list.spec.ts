import { readFile } from 'node:fs/promises';
import type { Page, Route } from '@playwright/test';
import { addPatients, type Clinic, expect, hydrated, loseCookies, test } from './fixtures';

const PATIENTS = [
  { name: 'Asha Rao', sex: 'female' as const, age: 34, phone: '+919845012345' },
  { name: 'Meena Patil', sex: 'female' as const, age: 51 },
  { name: 'Ravi Kumar', sex: 'male' as const, age: 8 },
];

async function openMenu(page: Page) {
  await page.getByRole('button', { name: 'List options' }).click();
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  return menu;
}

/**
 * On paper a page stands below the name of the clinic, without what can only be pressed. Headings of columns stay,
 * though on the screen they sort.
 */
async function expectPrintable(page: Page, { name }: Clinic) {
  await page.emulateMedia({ media: 'print' });
  const head = page.locator('main > :first-child');
  const clinic = head.getByText(name, { exact: true });
  await expect(clinic).toBeVisible();
  await page.pdf();
  await expect(head).toHaveText(/\d{1,2} \w+ \d{4}$/); // the day on which it was printed
  const controls = page.locator(':is(nav, button, input, select, textarea):not(th *)');
  await expect(controls.filter({ visible: true })).toHaveCount(0);
  await page.emulateMedia({ media: 'screen' });
  await expect(clinic).toBeHidden();
}

const cellsOf = (page: Page, name: RegExp) =>
  page.getByRole('row', { name }).getByRole('cell').filter({ visible: true }).allTextContents();

test('filters and columns are kept by the URL, and the columns by the device', async ({
  page,
  clinic,
}) => {
  await addPatients(page, PATIENTS);
  await page.goto(`${clinic.origin}/patients`);
  await hydrated(page);
  const rows = page.locator('tbody tr');

  await test.step('chosen', async () => {
    await page.getByLabel(/^Sex/).selectOption('Female');
    await expect(rows).toHaveCount(2);
    const menu = await openMenu(page);
    await menu.getByRole('menuitemcheckbox', { name: 'Age and sex' }).click();
    await menu.getByRole('menuitemcheckbox', { name: 'E-mail' }).click();
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/\?sex=female&columns=[a-z_.]*email/);
  });

  await test.step('and there after a reload', async () => {
    const before = await cellsOf(page, /Asha Rao/);
    await page.reload();
    await expect(rows).toHaveCount(2);
    await expect(page.getByRole('row', { name: /Asha Rao/ })).not.toContainText('34 y');
    expect(await cellsOf(page, /Asha Rao/)).toEqual(before);
    expect(before.join()).toContain('Not noted');
  });

  await test.step('and on paper, where words stand for them', async () => {
    await expectPrintable(page, clinic);
    await page.emulateMedia({ media: 'print' });
    await expect(page.getByText('Female · 2 patients on this page')).toBeVisible();
    await expect(rows).toHaveCount(2);
    await page.emulateMedia({ media: 'screen' });
  });

  await test.step('another visit has the columns from its first paint, and no filter', async () => {
    const html = await page.evaluate(async () => (await fetch('/patients')).text());
    expect(html).not.toContain('34 y');
    await page.goto(`${clinic.origin}/patients`);
    await expect(rows).toHaveCount(3);
    await expect(page.getByRole('row', { name: /Asha Rao/ })).not.toContainText('34 y');
  });

  await test.step('until the usual ones are wanted back', async () => {
    await hydrated(page);
    const menu = await openMenu(page);
    await menu.getByRole('menuitem', { name: 'Usual columns' }).click();
    await expect(page.getByRole('row', { name: /Asha Rao/ })).toContainText('34 y');
    await expect(page).toHaveURL(`${clinic.origin}/patients`);
  });

  await test.step('an old link leads to the list, where its place in it is gone', async () => {
    await page.goto(`${clinic.origin}/patients?sex=female&cursor=gone`);
    await expect(page).toHaveURL(`${clinic.origin}/patients?sex=female`);
    await expect(rows).toHaveCount(2);
  });
});

test('the list is downloaded as CSV with its filters, also past the access token’s life', async ({
  page,
  clinic,
}) => {
  await addPatients(page, PATIENTS);
  await page.goto(`${clinic.origin}/patients?sex=female&ordering=name`);
  await hydrated(page);
  const menu = await openMenu(page);
  await loseCookies(page, clinic.origin, ['__Host-at']);
  const started = page.waitForEvent('download');
  await menu.getByRole('menuitem', { name: 'Download as CSV' }).click();
  const download = await started;

  expect(download.suggestedFilename()).toBe('patients.csv');
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain('name');
  expect(lines[1]).toContain('Asha Rao');
  expect(lines[2]).toContain('Meena Patil');
});

test('an archive that is refused is taken back', async ({ page, clinic }) => {
  const [id = ''] = await addPatients(page, PATIENTS);
  await page.goto(`${clinic.origin}/patients/${id}`);
  await hydrated(page);
  await expectPrintable(page, clinic);
  const archivedOn = page.getByText(/^Archived on/);
  const press = () => page.getByRole('button', { name: 'Archive', exact: true }).click();

  for (const [refusal, reason] of REFUSALS) {
    await test.step(reason.source, async () => {
      let refuse: (value: unknown) => void = () => undefined;
      const pressed = new Promise((resolve) => (refuse = resolve));
      await page.route(`**/api/v1/patients/${id}`, async (route) => {
        if (route.request().method() !== 'DELETE') return route.fallback();
        await pressed;
        return refusal(route);
      });
      await press();
      await expect(archivedOn).toBeVisible();
      refuse(null);
      await expect(page.getByRole('alert').getByText(reason)).toBeVisible();
      await expect(archivedOn).toHaveCount(0);
      await expect(page.getByRole('link', { name: 'Edit' })).toBeVisible();
      await page.unrouteAll();
    });
  }

  await test.step('and goes through when it is not', async () => {
    await press();
    await page.waitForURL('**/patients');
    await expect(page.getByRole('row', { name: /Asha Rao/ })).toHaveCount(0);
    await expect(page.getByRole('row', { name: /Meena Patil/ })).toBeVisible();
  });
});

const refusing = (status: number, code: string) => (route: Route) =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    json: { type: 'about:blank', title: code, status, code, detail: code, request_id: 'test' },
  });

/** What stands in for an API that refuses, and for none at all. */
const REFUSALS: [(route: Route) => Promise<void>, RegExp][] = [
  [refusing(412, 'version_conflict'), /Someone else changed this/],
  [refusing(503, 'unavailable'), /The server is busy/],
  [(route) => route.abort('internetdisconnected'), /could not be reached/],
];

test('pages are turned by keys', async ({ page, clinic, isMobile }) => {
  test.skip(isMobile, 'Phones have no keyboard of this kind.');
  await addPatients(
    page,
    Array.from({ length: 25 }, (_, age) => ({ name: `Asha ${age}`, sex: 'female' as const, age })),
  );
  await page.goto(`${clinic.origin}/patients`);
  await hydrated(page);
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(20);
  // The keys may be a moment behind the page; there is no third page to turn to.
  await expect(async () => {
    await page.keyboard.press(']');
    await expect(rows).toHaveCount(5, { timeout: 3_000 });
  }).toPass();
  await page.keyboard.press('[');
  await expect(rows).toHaveCount(20);
});

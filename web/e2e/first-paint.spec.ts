import type { Page } from '@playwright/test';
import { addPatients, expect, hydrated, test } from './fixtures';

/** Paths of the files that the page has fetched so far, and which of them its first paint waited for. */
async function filesOf(page: Page) {
  await page.waitForLoadState('networkidle');
  return page.evaluate(() => {
    const entries = performance.getEntriesByType('resource');
    const pathOf = ({ name }: PerformanceEntry) => new URL(name).pathname;
    return {
      all: entries.map(pathOf),
      // Not in TypeScript's library yet.
      blocking: entries
        .filter(
          (entry) => 'renderBlockingStatus' in entry && entry.renderBlockingStatus === 'blocking',
        )
        .map(pathOf),
    };
  });
}

test('no page waits for a file before it is painted: its styles are in it', async ({
  page,
  clinic,
}) => {
  const [id] = await addPatients(page, [{ name: 'Asha Rao', sex: 'female', age: 34 }]);
  for (const path of ['/patients', `/patients/${id}`, '/sign-up', '/']) {
    await page.goto(path.startsWith('/patients') ? clinic.origin + path : path);
    const { all, blocking } = await filesOf(page);
    expect(blocking).toEqual([]);
    expect(all.filter((path) => path.endsWith('.css'))).toEqual([]);
    expect(all.filter((path) => path.endsWith('.js')).length).toBeGreaterThan(0);
    await expect(page.locator('head style[data-precedence]')).toHaveCount(1);
  }
});

test('no page waits for the browser’s locale data, a tenth of a second on a slow phone', async ({
  page,
  clinic,
}) => {
  const day = { date_of_birth: '1985-04-14' };
  const [id] = await addPatients(page, [{ name: 'Asha Rao', sex: 'female', ...day }]);
  await page.addInitScript(() => {
    for (const name of ['DateTimeFormat', 'NumberFormat', 'PluralRules'] as const) {
      Reflect.set(Intl, name, function () {
        throw new Error(`Intl.${name} is made`);
      });
    }
    for (const kind of [Date, Number]) {
      kind.prototype.toLocaleString = () => {
        throw new Error(`${kind.name}.toLocaleString is asked`);
      };
    }
    Date.prototype.toLocaleDateString = () => {
      throw new Error('Date.toLocaleDateString is asked');
    };
  });
  for (const path of [
    '/',
    '/sign-in',
    '/sign-up',
    '/patients',
    '/patients/new',
    `/patients/${id}`,
  ]) {
    const desk = path.startsWith('/patients');
    await page.goto(desk ? clinic.origin + path : path);
    // What throws is told by support/manners.ts.
    await (desk ? hydrated(page) : page.waitForLoadState('networkidle'));
  }
  await expect(page.getByText('14 April 1985')).toBeVisible();
});

test('the scripts of every page are compiled while they come in', async ({ page }) => {
  await page.goto('/sign-in');
  const scripts = (await filesOf(page)).all.filter((path) => path.endsWith('.js'));
  const texts = await page.evaluate(
    (paths) => Promise.all(paths.map(async (path) => (await fetch(path)).text())),
    scripts,
  );
  const hinted = texts.filter((text) => text.startsWith('//# allFunctionsCalledOnLoad\n'));
  expect(hinted.some((text) => text.includes('hydrateRoot'))).toBe(true);
});

test('an English page offers Hindi without the whole Hindi font', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'हिन्दी' })).toBeVisible();
  const fonts = (await filesOf(page)).all.filter((path) => path.endsWith('.woff2'));
  expect(fonts.filter((path) => path.includes('hindi'))).toHaveLength(1);
  expect(fonts.filter((path) => path.includes('devanagari'))).toEqual([]);
  await page.goto('/hi');
  expect((await filesOf(page)).all.join()).toContain('devanagari');
});

test('the language changes without a reload, and the page keeps its styles', async ({ page }) => {
  await page.goto('/sign-up');
  await page.getByRole('button', { name: 'हिन्दी' }).click();
  await expect(page.getByRole('button', { name: 'English' })).toHaveCSS('border-radius', '6px');
});

test('what is typed where the script has not come yet is sent nowhere, and stands in no address', async ({
  page,
  clinic,
}) => {
  const pressEarly = async (address: string) => {
    await page.goto(address);
    const form = page.locator('main form').filter({ visible: true }).first();
    await form.locator('input:visible').last().fill('for nobody else');
    await form.locator('button[type=submit]').click();
    expect(page.url()).toBe(address);
  };
  await page.route(/\.js$/, (route) => route.abort());
  for (const path of ['/patients/new', '/account']) await pressEarly(clinic.origin + path);
  await page.context().clearCookies();
  for (const path of ['/sign-in', '/sign-up']) await pressEarly(clinic.root + path);
});

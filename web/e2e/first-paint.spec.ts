import type { Page } from '@playwright/test';
import { addPatients, expect, test } from './fixtures';

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

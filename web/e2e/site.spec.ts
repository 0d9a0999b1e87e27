import type { Page } from '@playwright/test';
import { expect, loseCookies, test } from './fixtures';

test('the landing page says what this is, prices with GST, and the way in', async ({ page }) => {
  const response = await page.goto('/');
  expect(response?.headers()['content-security-policy']).toContain('sha256-');
  await expect(page).toHaveTitle(/Terrace Clinic/);
  await expect(page.locator('meta[name=description]')).toHaveAttribute(
    'content',
    /clinics in India/,
  );
  await expect(page.getByText('₹2,999')).toBeVisible();
  await expect(page.getByText('₹3,538.82 with GST')).toBeVisible();
  await page.getByRole('link', { name: 'Set up your clinic' }).first().click();
  await page.waitForURL('**/sign-up');
});

for (const [path, language] of [
  ['/', 'en'],
  ['/hi', 'hi'],
] as const) {
  test(`a shared link to ${path} has a picture in its language`, async ({ page, root }) => {
    const response = await page.goto(path);
    const html = (await response?.text()) ?? '';
    const picture = `${root}/icons/shared-${language}.png`;
    expect(html).toContain(`<meta property="og:image" content="${picture}"/>`);
    expect(html).toContain(`<meta property="og:url" content="${root}${path}"/>`);
    expect(html).toContain(`<link rel="canonical" href="${root}${path}"/>`);
    expect(html).toContain(`<meta property="og:locale" content="${language}_IN"/>`);
    const status = await page.evaluate(async (url) => (await fetch(url)).status, picture);
    expect(status).toBe(200);
  });
}

test('robots, sitemap and manifest are there', async ({ page }) => {
  await page.goto('/');
  const files = await page.evaluate(async () =>
    Promise.all(
      ['/robots.txt', '/sitemap.xml', '/manifest.webmanifest', '/sw.js', '/icons/icon-512.png'].map(
        async (path) => {
          const response = await fetch(path);
          return { status: response.status, text: await response.text() };
        },
      ),
    ),
  );
  expect(files.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(files[0]?.text).toContain('/sitemap.xml');
  expect(files[1]?.text).toContain('/sign-up</loc>');
  expect(JSON.parse(files[2]?.text ?? '{}')).toMatchObject({ start_url: '/patients' });
});

test('the app is installed under the clinic’s name, which nobody else is told', async ({
  page,
  clinic,
  root,
}) => {
  const link = page.locator('link[rel=manifest]');
  await expect(link).toHaveAttribute('href', '/manifest.webmanifest');
  await expect(link).toHaveAttribute('crossorigin', 'use-credentials');
  expect(await installedName(page)).toBe(clinic.name);

  await loseCookies(page, clinic.origin, ['__Host-at', '__Host-rt']);
  await page.goto(`${clinic.origin}/sign-in`);
  await expect(link).toHaveCount(0);
  expect(await installedName(page)).toBe('Terrace Clinic');
  await page.goto(root.replace('://', '://no-such-clinic.'));
  expect(await installedName(page)).toBe('Terrace Clinic');
});

function installedName(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const manifest: unknown = await (await fetch('/manifest.webmanifest')).json();
    return typeof manifest === 'object' && manifest && 'name' in manifest && manifest.name;
  });
}

test('a path that is none is answered as such', async ({ page }) => {
  const response = await page.goto('/no/such/page');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
});

test('an address that nobody has says so, whichever page is asked for', async ({ page, root }) => {
  const nobody = root.replace('://', '://no-such-clinic.');
  for (const path of ['/', '/patients', '/sign-in', '/no/such/page']) {
    const response = await page.goto(`${nobody}${path}`);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { name: 'No clinic at this address' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Go to Terrace' })).toHaveAttribute('href', root);
  }
});

test.describe('installed', () => {
  test.use({ serviceWorkers: 'allow' });

  test('without a connection the app says so, and keeps no patient data', async ({
    page,
    context,
    clinic,
  }) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await context.setOffline(true);
    await page.goto(`${clinic.origin}/patients`);
    await expect(page.getByRole('heading', { name: 'You are not connected' })).toBeVisible();
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(
        names.map(async (name) => (await caches.open(name)).keys()),
      );
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.filter((path) => !/^\/(_next\/static|icons|offline)/.test(path))).toEqual([]);
    await context.setOffline(false);
  });
});

import { expect, type Page } from '@playwright/test';

/** Pixels by which the page is wider than the screen. */
export function sidewaysBy(page: Page) {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** As if its time had run out: the browser drops it, the refresh cookie stays. */
export async function loseCookies(page: Page, origin: string, names: string[]) {
  const browser = await page.context().newCDPSession(page);
  for (const name of names) await browser.send('Network.deleteCookies', { name, url: origin });
  await browser.detach();
}

/** Waits until React has taken the page over, so that a press is not lost. */
export async function hydrated(page: Page) {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__react')),
  );
}

export async function openAccountMenu(page: Page) {
  await page
    .getByRole('button', { name: /^Account/ })
    .filter({ visible: true })
    .click();
  await expect(page.getByRole('menu')).toBeVisible();
}

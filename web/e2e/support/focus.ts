import type { Page } from '@playwright/test';

/** Where the Tab key led to. */
export interface Stop {
  name: string;
  /** Inside of the page itself, not of what stands around every page. */
  inMain: boolean;
  /** Nothing covers it, and it is not cut off. */
  seen: boolean;
  /** On the page, not on the screen: in pixels. */
  left: number;
  top: number;
  bottom: number;
}

/** More than any page has. */
const MOST = 80;

/** Goes by the Tab key from the first thing of the page, the link over its navigation, to the last. */
export async function tabThrough(page: Page): Promise<Stop[]> {
  await page.locator('a[href="#content"]').focus();
  const stops: Stop[] = [];
  while (stops.length < MOST) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused);
    if (!stop) break;
    stops.push(stop);
  }
  return stops;
}

function focused(): Stop | null {
  const element = document.activeElement;
  if (!element || element === document.body || element.matches('[href="#content"]')) return null;
  const { left, top, bottom, width, height } = element.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  const name = element.getAttribute('aria-label') ?? element.textContent.trim();
  return {
    name: name || element.id || element.tagName,
    inMain: element.closest('main') !== null,
    seen: there !== null && element.contains(there),
    left,
    top: top + window.scrollY,
    bottom: bottom + window.scrollY,
  };
}

/** The stops that come after one which is read later: further down, or further right in the same line. */
export function outOfOrder(stops: Stop[]): string[] {
  return stops.flatMap((stop, index) => {
    const before = stops[index - 1];
    if (!before) return [];
    const below = stop.top >= before.bottom - 1;
    const beside = stop.bottom > before.top && stop.left >= before.left;
    return below || beside ? [] : [`${before.name}, then ${stop.name}`];
  });
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page, test } from '@playwright/test';
import type Axe from 'axe-core';
import { sidewaysBy } from './browser';

declare global {
  interface Window {
    axe: typeof Axe;
  }
}

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WHOLE: Axe.RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

/** What a change of colours alone can break. */
const COLOURS: Axe.RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** A menu floats outside of all landmarks while it is open. */
const FLOATING = '[data-radix-popper-content-wrapper]';
const MENU = '[role=menu]';

/**
 * Axe finds nothing on the page as it stands, in light and in dark, and nothing lies beyond the screen's edge. The page
 * is looked at whole once: between the two schemes only its colours change, in the style sheet.
 */
export async function expectAccessible(page: Page, what: string) {
  await test.step(what, async () => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    expect(await violations(page, WHOLE), what).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    expect(await transitions(page), `${what}: moving, though asked not to`).toBe(0);
    expect(await violations(page, COLOURS), `${what}, dark`).toEqual([]);
    expect(await sidewaysBy(page), what).toBeLessThanOrEqual(0);
  });
}

async function transitions(page: Page) {
  return page.evaluate(
    () => document.getAnimations().filter((each) => each instanceof CSSTransition).length,
  );
}

async function violations(page: Page, runOnly: Axe.RunOnly) {
  await bringAxe(page);
  const found = await runAxe(page, { exclude: FLOATING }, { runOnly });
  if (await page.getByRole('menu').isVisible()) {
    const rules = { region: { enabled: false } };
    found.push(...(await runAxe(page, MENU, { runOnly, rules })));
  }
  return found;
}

/** Axe is half a megabyte, which the browser reads once a document. No page has frames that it would have to be in. */
async function bringAxe(page: Page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
}

/** A line for each rule that is broken. What is well is not collected, and stays in the page. */
function runAxe(page: Page, where: string | { exclude: string }, options: Axe.RunOptions) {
  return page.evaluate(
    async ([context, wanted]) => {
      const result = await window.axe.run(context, { ...wanted, resultTypes: ['violations'] });
      return result.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
      );
    },
    [where, options] as const,
  );
}

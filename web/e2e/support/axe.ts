import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { sidewaysBy } from './browser';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Axe finds nothing on the page as it stands, and nothing lies beyond the screen's edge. */
export async function expectAccessible(page: Page, what: string) {
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
    expect(found, what).toEqual([]);
    expect(await sidewaysBy(page), what).toBeLessThanOrEqual(0);
  });
}

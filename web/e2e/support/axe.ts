import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { sidewaysBy } from './browser';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What a change of colours alone can break. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * Axe finds nothing on the page as it stands, in light and in dark, and nothing lies beyond the screen's edge. The page
 * is looked at whole once: between the two schemes only its colours change, in the style sheet.
 */
export async function expectAccessible(page: Page, what: string) {
  await test.step(what, async () => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    expect(await violations(page, (axe) => axe.withTags(RULES)), what).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    expect(await transitions(page), `${what}: moving, though asked not to`).toBe(0);
    expect(await violations(page, (axe) => axe.withRules(COLOUR_RULES)), `${what}, dark`).toEqual(
      [],
    );
    expect(await sidewaysBy(page), what).toBeLessThanOrEqual(0);
  });
}

async function transitions(page: Page) {
  return page.evaluate(
    () => document.getAnimations().filter((each) => each instanceof CSSTransition).length,
  );
}

async function violations(page: Page, rules: (axe: AxeBuilder) => AxeBuilder) {
  // A menu floats outside of all landmarks while it is open.
  const around = axeOf(page).exclude('[data-radix-popper-content-wrapper]');
  const { violations: found } = await rules(around).analyze();
  if (await page.getByRole('menu').isVisible()) {
    const menu = rules(axeOf(page).include('[role=menu]')).disableRules('region');
    found.push(...(await menu.analyze()).violations);
  }
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
}

/** Puts its result together in the page itself and not in one that it opens for it: half the time. No page has frames. */
function axeOf(page: Page) {
  return new AxeBuilder({ page }).setLegacyMode();
}

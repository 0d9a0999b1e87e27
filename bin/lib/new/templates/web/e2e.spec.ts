import { $imported } from './fixtures';
import { expectAccessible } from './support/axe';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('$many_words are added, changed, archived and brought back', async ({ page, clinic }) => {
  await page.goto(`$${clinic.origin}/$plural`);
  await hydrated(page);
  await expect(page.getByText('Nothing here yet')).toBeVisible();
  await expectAccessible(page, 'the empty list');

  await page.getByRole('main').getByRole('link', { name: '$label_new' }).first().click();
  await page.waitForURL('**/$plural/new');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('$label_title', { exact: true })).toHaveAccessibleDescription(
    'Fill this in.',
  );
  await expectAccessible(page, 'a form with an error');
$fill
  await expectAccessible(page, 'a filled form');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/$plural\/[0-9a-f-]{36}$$/);
  await expect(page.getByRole('heading', { name: '$sample_title' })).toBeVisible();
  await expectAccessible(page, 'a saved one');

  await page.getByRole('link', { name: 'Edit' }).click();
  await page.waitForURL('**/edit');
  await hydrated(page);
  await page.getByLabel('$label_title', { exact: true }).fill('$sample_other');
  await expectAccessible(page, 'the form of a saved one');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: '$sample_other' })).toBeVisible();

  await page.getByRole('button', { name: 'Archive' }).click();
  await page.waitForURL('**/$plural');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: /$sample_other/ })).toBeVisible();
  await page.goto(`$${clinic.origin}/$plural`);
  await hydrated(page);
  await expectAccessible(page, 'the list');
});

import { addPatients, expect, newClinic, openAccountMenu, signIn, signUp, test } from './fixtures';

test('a clinic signs up and keeps its patients', async ({ page, root }) => {
  const clinic = newClinic(root);
  await signUp(page, clinic);

  await test.step('the register is empty at first', async () => {
    await expect(page.getByText('Your patients will be listed here')).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'New patient' }).click();
    await page.waitForURL('**/patients/new');
  });

  await test.step('wrong input is named beside its field', async () => {
    await page.getByLabel('Phone', { exact: false }).first().fill('12345');
    await page.getByRole('button', { name: 'Save patient' }).click();
    await expect(page.getByLabel('Full name')).toHaveAccessibleDescription(
      'Enter the patient’s name.',
    );
    await expect(page.getByLabel(/^Phone/)).toHaveAccessibleDescription(/10 digits/);
    await expect(page.getByRole('group', { name: 'Sex' })).toHaveAccessibleDescription(
      'Choose one.',
    );
    await expect(
      page.getByRole('textbox', { name: 'Age', exact: true }),
    ).toHaveAccessibleDescription(/Enter the age/);
  });

  await test.step('a patient is added', async () => {
    await page.getByLabel(/^Phone/).fill('098450 12345');
    await page.getByLabel('Full name').fill('Asha Rao');
    await page.getByRole('radio', { name: 'Female' }).check();
    await page.getByRole('textbox', { name: 'Age', exact: true }).fill('34');
    await page.getByLabel(/^City/).fill('Pune');
    await page.getByRole('button', { name: 'Save patient' }).click();
    await page.waitForURL(/\/patients\/[0-9a-f-]{36}$/);
    await expect(page.getByRole('heading', { name: 'Asha Rao' })).toBeVisible();
    await expect(page.getByText('+91 98450 12345')).toBeVisible();
  });

  await test.step('and edited', async () => {
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.waitForURL('**/edit');
    await expect(page.getByLabel(/^City/)).toHaveValue('Pune');
    await page.getByLabel(/^City/).fill('Nagpur');
    await page.getByLabel(/^PIN code/).fill('440001');
    await page.getByRole('button', { name: 'Save patient' }).click();
    await page.waitForURL(/\/patients\/[0-9a-f-]{36}$/);
    await expect(page.getByText('Nagpur, 440001')).toBeVisible();
  });

  await test.step('archived, and brought back by Undo', async () => {
    await page.getByRole('button', { name: 'Archive' }).click();
    await page.waitForURL('**/patients');
    await expect(page.getByText('Asha Rao is archived.')).toBeVisible();
    await expect(page.getByRole('row', { name: /Asha Rao/ })).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('row', { name: /Asha Rao/ })).toBeVisible();
  });

  await test.step('signed out, and in again', async () => {
    await openAccountMenu(page);
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto(`${clinic.origin}/patients`);
    await page.waitForURL('**/sign-in?next=%2Fpatients');
    await signIn(page, clinic);
    await page.waitForURL(`${clinic.origin}/patients`);
    await expect(page.getByRole('row', { name: /Asha Rao/ })).toBeVisible();
  });
});

test('patients are searched, filtered and paged through', async ({ page, clinic }) => {
  const names = ['Asha Rao', 'Ravi Kumar', 'Meena Patil', 'Imran Khan', 'Lakshmi Iyer'];
  const patients = Array.from({ length: 45 }, (_, index) => ({
    name: `${names[index % names.length]} ${String.fromCharCode(65 + (index % 26))}`,
    sex: index % 2 ? ('male' as const) : ('female' as const),
    age: index + 1,
    phone: `+9198450${String(10_000 + index)}`,
  }));
  await addPatients(page, patients);
  await page.goto(`${clinic.origin}/patients`);
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(20);

  await test.step('older pages by cursor, and back', async () => {
    const first = await rows.first().textContent();
    await page.getByRole('link', { name: 'Older' }).click();
    await expect(page).toHaveURL(/cursor=/);
    await expect(rows.first()).not.toHaveText(first ?? '');
    await page.getByRole('link', { name: 'Older' }).click();
    await expect(rows).toHaveCount(5);
    await expect(page.getByRole('link', { name: 'Older' })).toHaveCount(0);
    await page.getByRole('link', { name: 'Newer' }).click();
    await page.getByRole('link', { name: 'Newer' }).click();
    await expect(rows.first()).toHaveText(first ?? '');
  });

  await test.step('by the digits of a phone', async () => {
    await page.getByRole('searchbox').fill('9845010044');
    await expect(rows).toHaveCount(1);
    await expect(page).toHaveURL(/search=9845010044/);
    await expect(rows.first()).toContainText('98450 10044');
  });

  await test.step('by name, with a filter, kept over a reload', async () => {
    await page.getByRole('searchbox').fill('Asha');
    await expect(rows).toHaveCount(9);
    await page.getByLabel(/^Sex/).selectOption('Male');
    await expect(rows).toHaveCount(4);
    await page.reload();
    await expect(rows).toHaveCount(4);
    await expect(page.getByRole('searchbox')).toHaveValue('Asha');
  });

  await test.step('nobody found offers to clear', async () => {
    await page.getByRole('searchbox').fill('zzzz');
    await expect(page.getByText(/Nobody matches “zzzz”/)).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(rows).toHaveCount(20);
  });

  await test.step('ordered by name', async () => {
    await page.getByLabel(/^Order/).selectOption('Name, A to Z');
    await expect(rows.first()).toContainText('Asha Rao A');
  });

  await test.step('who is not found is added with what was searched for', async () => {
    await page.getByRole('searchbox').fill('98123 45678');
    await page.getByRole('main').getByRole('link', { name: 'New patient' }).click();
    await page.waitForURL('**/patients/new?search=98123+45678');
    await expect(page.getByLabel(/^Phone/)).toHaveValue('98123 45678');
  });
});

test('a likely duplicate is shown while typing, and the family on one phone', async ({
  page,
  clinic,
}) => {
  await addPatients(page, [{ name: 'Asha Rao', sex: 'female', age: 34, phone: '+919845012345' }]);
  await page.goto(`${clinic.origin}/patients/new`);
  await page.getByLabel(/^Phone/).fill('98450 12345');
  await page.getByLabel('Full name').fill('Aarav Rao');
  await expect(page.getByText('1 possible match')).toBeVisible();

  await page.getByRole('radio', { name: 'Male', exact: true }).check();
  await page.getByRole('textbox', { name: 'Age', exact: true }).fill('6');
  await page.getByLabel(/^Guardian/).fill('Asha Rao');
  await page.getByLabel(/^Whose phone/).selectOption('Parent’s');
  await page.getByRole('button', { name: 'Save patient' }).click();

  await page.waitForURL(/\/patients\/[0-9a-f-]{36}$/);
  await page.getByRole('link', { name: /Asha Rao/ }).click();
  await expect(page.getByRole('heading', { name: 'Asha Rao' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Aarav Rao/ })).toBeVisible();
});

test('two people edit one patient: the second is told, and loses nothing', async ({
  page,
  clinic,
}) => {
  await addPatients(page, [{ name: 'Asha Rao', sex: 'female', age: 34 }]);
  await page.goto(`${clinic.origin}/patients`);
  await page.getByRole('link', { name: 'Asha Rao' }).click();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.waitForURL('**/edit');
  await page.getByLabel(/^City/).fill('Nagpur');

  await page.evaluate(async () => {
    await fetch(`/api/v1/patients/${location.pathname.split('/')[2]}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ city: 'Kochi', pincode: '682001' }),
    });
  });
  await page.getByRole('button', { name: 'Save patient' }).click();

  await expect(page.getByText('Someone else changed this')).toBeVisible();
  await expect(page.getByText('now: Kochi')).toBeVisible();
  await expect(page.getByLabel(/^City/)).toHaveValue('Nagpur');
  await page.getByRole('button', { name: 'Keep mine and save' }).click();
  await expect(page.getByText('Nagpur, 682001')).toBeVisible();
});

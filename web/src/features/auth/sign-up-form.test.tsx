import { screen, waitFor } from '@testing-library/react';
import { answer, problem } from '@/test/server';
import { hydrateApp, renderApp } from '@/test/render';
import { goTo } from './go-to-clinic';
import { SignUpForm } from './sign-up-form';
import { suggestedSlug } from './slug';

jest.mock('./go-to-clinic', () => ({
  ...jest.requireActual<object>('./go-to-clinic'),
  goTo: jest.fn(),
}));

const field = (label: string) => screen.getByLabelText(label);

function open() {
  answer('get', '/auth/slug-availability', (request) => {
    const slug = new URL(request.url).searchParams.get('slug') ?? '';
    return slug === 'asha-clinic'
      ? { slug, available: false, code: 'unique', message: 'Taken.', suggestion: 'asha-clinic-2' }
      : { slug, available: true };
  });
  return renderApp(<SignUpForm baseHost="localhost:8000" />);
}

async function fill(user: ReturnType<typeof open>['user']) {
  await user.type(field('Clinic name'), 'Lotus Care');
  await user.type(field('Your name'), 'Dr Lotus');
  await user.type(field('E-mail'), 'lotus@example.com');
  await user.type(field('Password'), 'three or four words');
}

test.each([
  ['Asha Clinic', 'asha-clinic'],
  ['Dr. Rao’s Children’s Hospital', 'dr-raos-childrens-hospital'],
  ['24x7 Café Clinic', 'x7-cafe-clinic'],
  ['आशा क्लिनिक', ''],
])('%s suggests the address %p', (name, slug) => {
  expect(suggestedSlug(name)).toBe(slug);
});

test('the clinic’s name suggests an address, and what is taken has a free one offered', async () => {
  const { user } = open();

  await user.type(field('Clinic name'), 'Asha Clinic');

  expect(field('Web address')).toHaveValue('asha-clinic');
  await screen.findByText('This address is taken.');
  expect(field('Web address')).toHaveAccessibleDescription(/This address is taken/);
  await user.click(await screen.findByRole('button', { name: 'Use asha-clinic-2' }));
  expect(await screen.findByText('asha-clinic-2.localhost:8000 is free')).toBeVisible();
});

test('an address typed by hand is not overwritten by the name', async () => {
  const { user } = open();
  await user.type(field('Web address'), 'My Own');
  await user.type(field('Clinic name'), 'Lotus Care');
  expect(field('Web address')).toHaveValue('my-own');
});

test('an empty form names what is missing beside each field, and sends nothing', async () => {
  const { user } = open();

  await user.click(screen.getByRole('button', { name: 'Create clinic' }));

  await waitFor(() => expect(field('Clinic name')).toHaveAccessibleDescription(/clinic’s name/));
  expect(field('Web address')).toHaveAccessibleDescription(/Choose a web address/);
  expect(field('Your name')).toHaveAccessibleDescription(/Enter your name/);
  expect(field('E-mail')).toHaveAccessibleDescription(/Enter an e-mail/);
  expect(field('Password')).toHaveAccessibleDescription(/Enter a password/);
  expect(field('Clinic name')).toHaveFocus();
});

test('the API’s objections stand beside their fields', async () => {
  answer('post', '/auth/register', () =>
    problem(400, 'validation_failed', {
      errors: { password: [{ code: 'common', message: 'This password is on a known list.' }] },
    }),
  );
  const { user } = open();
  await fill(user);

  await user.click(screen.getByRole('button', { name: 'Create clinic' }));

  await waitFor(() => expect(field('Password')).toHaveAccessibleDescription(/on a known list/));
  expect(field('Password')).toHaveFocus();
});

test('a known e-mail with another password says so beside the password', async () => {
  answer('post', '/auth/register', () => problem(409, 'account_exists'));
  const { user } = open();
  await fill(user);

  await user.click(screen.getByRole('button', { name: 'Create clinic' }));

  await waitFor(() =>
    expect(field('Password')).toHaveAccessibleDescription(/There is an account with this e-mail/),
  );
});

test('a new clinic opens on its own address, by a hand-off', async () => {
  const requests = answer('post', '/auth/register', () => ({
    user: { id: '1', email: 'lotus@example.com', full_name: 'Dr Lotus' },
    tenant: {
      id: '1',
      slug: 'lotus-care',
      name: 'Lotus Care',
      origin: 'http://lotus-care.localhost:8000',
    },
  }));
  const { user } = open();
  await fill(user);

  await user.click(screen.getByRole('button', { name: 'Create clinic' }));

  await waitFor(() =>
    expect(goTo).toHaveBeenCalledWith(
      'http://lotus-care.localhost:8000/api/v1/auth/enter?next=%2Fpatients',
    ),
  );
  expect(await requests[0]?.json()).toEqual({
    organization_name: 'Lotus Care',
    slug: 'lotus-care',
    full_name: 'Dr Lotus',
    email: 'lotus@example.com',
    password: 'three or four words',
  });
});

test('the password can be looked at', async () => {
  const { user } = open();
  await user.type(field('Password'), 'secret words');
  expect(field('Password')).toHaveAttribute('type', 'password');
  await user.click(screen.getByRole('button', { name: 'Show password' }));
  expect(field('Password')).toHaveAttribute('type', 'text');
});

test('after the first try each field is looked at with each letter, also the address that a name suggests', async () => {
  const { user } = open();
  await user.click(screen.getByRole('button', { name: 'Create clinic' }));
  await waitFor(() => expect(field('Password')).toBeInvalid());

  await user.type(field('Password'), 'eleven lett');
  await waitFor(() => expect(field('Password')).toHaveAccessibleDescription(/at least 12 char/i));
  await user.type(field('Password'), 'e');
  await waitFor(() => expect(field('Password')).toBeValid());
  await user.type(field('Clinic name'), 'Lotus Care');
  await waitFor(() => expect(field('Web address')).toBeValid());
  expect(field('Your name')).toBeInvalid();
});

test('a clinic’s name that was typed before the page came alive suggests an address too', async () => {
  answer('get', '/auth/slug-availability', () => ({ slug: 'lotus-care', available: true }));
  hydrateApp(<SignUpForm baseHost="localhost:8000" />, () => {
    const input = document.querySelector<HTMLInputElement>('#organization_name');
    if (input) input.value = 'Lotus Care';
  });
  expect(field('Clinic name')).toHaveValue('Lotus Care');
  expect(field('Web address')).toHaveValue('lotus-care');
  expect(await screen.findByText('lotus-care.localhost:8000 is free')).toBeVisible();
});

import { screen, waitFor } from '@testing-library/react';
import { hydrateApp, me, renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import { goTo } from './go-to-clinic';
import { SignIn } from './sign-in';
import { SignInForm } from './sign-in-form';

jest.mock('./go-to-clinic', () => ({
  ...jest.requireActual<object>('./go-to-clinic'),
  goTo: jest.fn(),
}));

const field = (label: string) => screen.getByLabelText(label);
const signInButton = () => screen.getByRole('button', { name: 'Sign in' });
const heading = (name: string) => screen.findByRole('heading', { name });

function open() {
  answer('post', '/auth/login', () =>
    problem(409, 'tenant_required', {
      tenants: [
        { slug: 'asha', name: 'Asha Clinic' },
        { slug: 'lotus', name: 'Lotus Care' },
      ],
    }),
  );
  return renderApp(<SignIn next="/patients" ended={false} intro="" signUpUrl="/sign-up" />);
}

async function signIn(user: ReturnType<typeof open>['user']) {
  await user.type(screen.getByLabelText('Password'), 'three or four words{Enter}');
}

test('the choice of a clinic is read from its heading, and so is the way back, which keeps the e-mail', async () => {
  const { user } = open();
  expect(document.body).toHaveFocus();
  await user.type(screen.getByLabelText('E-mail'), 'meena@asha.example');

  for (let times = 0; times < 2; times += 1) {
    await signIn(user);
    expect(await heading('Which clinic?')).toHaveFocus();
    expect(screen.getByRole('button', { name: /Lotus Care/ })).toBeVisible();

    await user.click(screen.getByRole('button', { name: 'Use another account' }));
    expect(await heading('Sign in')).toHaveFocus();
    expect(screen.getByLabelText('E-mail')).toHaveValue('meena@asha.example');
    expect(screen.getByLabelText('Password')).toHaveValue('');
  }
});

const page = <SignIn next="/patients" ended={false} intro="" signUpUrl="/sign-up" />;

test('an empty form says what is missing, sends nothing, and looks again with each letter', async () => {
  const asked = answer('post', '/auth/login', () => me);
  const { user } = renderApp(page);
  await user.click(signInButton());

  await waitFor(() => expect(field('E-mail')).toHaveAccessibleDescription(/Enter an e-mail addr/));
  expect(field('Password')).toHaveAccessibleDescription('Enter a password.');
  expect(field('E-mail')).toHaveFocus();
  expect(asked).toHaveLength(0);

  await user.keyboard('meena');
  await waitFor(() => expect(field('E-mail')).toHaveAccessibleDescription(/such as asha@/));
  await user.keyboard('@asha.example');
  await waitFor(() => expect(field('E-mail')).toBeValid());
  expect(field('Password')).toBeInvalid();
});

test('a password is sent as it was typed, an e-mail without the blanks around it', async () => {
  const asked = answer('post', '/auth/login', () => me);
  const { user } = renderApp(page);
  await user.type(field('E-mail'), ' meena@asha.example ');
  await user.type(field('Password'), '  blanks all round  {Enter}');

  await waitFor(() => expect(goTo).toHaveBeenCalledWith('/patients'));
  expect(await asked[0]?.json()).toEqual({
    email: 'meena@asha.example',
    password: '  blanks all round  ',
  });
  expect(screen.getByRole('button', { name: 'Signing in' })).toHaveAttribute('aria-busy', 'true');
});

test.each([
  ['en', 'E-mail and password do not match.'],
  ['hi', 'ई-मेल और पासवर्ड मेल नहीं खाते।'],
] as const)('wrong credentials are said above the form, in %s', async (language, words) => {
  answer('post', '/auth/login', () => problem(401, 'invalid_credentials'));
  const { user } = renderApp(<SignInForm email="meena@asha.example" onSignedIn={jest.fn()} />, {
    language,
  });
  await user.type(field(language === 'en' ? 'Password' : 'पासवर्ड'), 'another{Enter}');

  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent(words);
  expect(alert).toHaveFocus();
});

test('what was typed or filled in before the page came alive is signed in with', async () => {
  const asked = answer('post', '/auth/login', () => me);
  const { user } = hydrateApp(page, () => {
    for (const [name, value] of [
      ['email', 'meena@asha.example'],
      ['password', 'three or four words'],
    ]) {
      const input = document.querySelector<HTMLInputElement>(`input[name=${name}]`);
      if (input) input.value = value ?? '';
    }
  });
  expect(field('E-mail')).toHaveValue('meena@asha.example');

  await user.click(signInButton());
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(await asked[0]?.json()).toEqual({
    email: 'meena@asha.example',
    password: 'three or four words',
  });
});

test('over another form with an e-mail, its own field has the focus', async () => {
  const { user } = renderApp(
    <>
      <input id="email" aria-label="Below" />
      <SignInForm onSignedIn={jest.fn()} />
    </>,
  );
  await user.click(signInButton());
  await waitFor(() => expect(field('E-mail')).toHaveFocus());
});

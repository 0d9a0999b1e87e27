import { screen } from '@testing-library/react';
import { renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import { SignIn } from './sign-in';

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

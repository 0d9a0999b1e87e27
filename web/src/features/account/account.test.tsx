import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse } from 'msw';
import type { Session } from '@/api/types';
import { goTo } from '@/features/auth/go-to-clinic';
import { me, renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import { DeviceSettings } from './device-settings';
import { Profile } from './profile';
import { Sessions } from './sessions';

jest.mock('@/features/auth/go-to-clinic', () => ({
  ...jest.requireActual<object>('@/features/auth/go-to-clinic'),
  goTo: jest.fn(),
}));

const session = (changed: Partial<Session> = {}): Session => ({
  id: 'session-1',
  tenant: { slug: 'asha', name: 'Asha Clinic' },
  created_at: '2026-11-20T05:00:00Z',
  last_used_at: '2026-11-23T06:30:00Z',
  user_agent: 'Chrome on Windows',
  ip: '203.0.113.7',
  current: false,
  ...changed,
});

/** The list shrinks by what was ended. */
function signedIn(sessions: Session[]) {
  let live = sessions;
  answer('get', '/auth/sessions', () => ({ results: live, next: null, previous: null }));
  return (id: string) => {
    live = live.filter((one) => one.id !== id);
  };
}

describe('the profile', () => {
  test('a new name is saved, and shown at once', async () => {
    const asked = answer('patch', '/auth/me', () => ({
      ...me,
      user: { ...me.user, full_name: 'Meena Kulkarni' },
    }));
    const { user } = renderApp(<Profile />);
    const name = screen.getByLabelText('Your name');
    await user.clear(name);
    await user.type(name, ' Meena Kulkarni ');
    await user.click(screen.getByRole('button', { name: 'Save name' }));
    expect(await screen.findByText('Your name is saved.')).toBeVisible();
    expect(await asked[0]?.json()).toEqual({ full_name: 'Meena Kulkarni' });
    expect(name).toHaveValue('Meena Kulkarni');
  });

  test('an empty name is not sent, and the field has the focus', async () => {
    const asked = answer('patch', '/auth/me', () => me);
    const { user } = renderApp(<Profile />);
    await user.clear(screen.getByLabelText('Your name'));
    await user.click(screen.getByRole('button', { name: 'Save name' }));
    await waitFor(() =>
      expect(screen.getByLabelText('Your name')).toHaveAccessibleDescription(/Enter your name/),
    );
    expect(screen.getByLabelText('Your name')).toHaveFocus();
    expect(asked).toHaveLength(0);
  });
});

describe('this device', () => {
  test('an appearance is put on at once, and remembered', async () => {
    const { user } = renderApp(<DeviceSettings />);
    expect(screen.getByRole('radio', { name: 'As the device' })).toBeChecked();
    await user.click(screen.getByRole('radio', { name: 'Dark' }));
    expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
    expect(localStorage.getItem('terrace-theme')).toBe('dark');
    await user.click(screen.getByRole('radio', { name: 'As the device' }));
    expect(document.documentElement).not.toHaveAttribute('data-theme');
    expect(localStorage.getItem('terrace-theme')).toBeNull();
  });

  test('a language is kept for this device and told to the account', async () => {
    const asked = answer('patch', '/auth/me', () => me);
    const { user } = renderApp(<DeviceSettings />);
    await user.click(screen.getByRole('radio', { name: 'हिन्दी' }));
    expect(document.cookie).toContain('terrace-locale=hi');
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(await asked[0]?.json()).toEqual({ locale: 'hi' });
  });

  test('shortcuts are turned off here too', async () => {
    const { user } = renderApp(<DeviceSettings />);
    await user.click(screen.getByRole('switch', { name: 'Shortcuts of a single key' }));
    expect(localStorage.getItem('terrace-shortcuts')).toBe('off');
  });
});

describe('where one is signed in', () => {
  const here = session({ id: 'here', user_agent: 'Chrome on Android', current: true });

  test('each device has its name, address and last use; this one cannot be ended by mistake', async () => {
    signedIn([here, session({ tenant: { slug: 'lotus', name: 'Lotus Clinic' } })]);
    renderApp(<Sessions />);
    const [mine, other] = await screen.findAllByRole('listitem');
    expect(mine).toHaveTextContent('Chrome on Android');
    expect(mine).toHaveTextContent('This device');
    expect(within(mine ?? document.body).queryByRole('button')).not.toBeInTheDocument();
    expect(other).toHaveTextContent('Chrome on Windows');
    expect(other).toHaveTextContent('Lotus Clinic');
    expect(other).toHaveTextContent('203.0.113.7');
    expect(other).toHaveTextContent(/Last used 23 Nov, 12:00 pm/i);
  });

  test('a device that says nothing is called unknown', async () => {
    signedIn([session({ user_agent: '', ip: null })]);
    renderApp(<Sessions />);
    expect(await screen.findByText('Unknown device')).toBeVisible();
  });

  test('one is signed out, goes from the list, and the focus stays in it', async () => {
    const remove = signedIn([here, session()]);
    const ended = answer('delete', '/auth/sessions/session-1', () => {
      remove('session-1');
      return new HttpResponse(null, { status: 204 });
    });
    const { user } = renderApp(<Sessions />);
    await user.click(await screen.findByRole('button', { name: 'Sign out Chrome on Windows' }));
    expect(await screen.findByText('Chrome on Windows is signed out.')).toBeVisible();
    expect(ended).toHaveLength(1);
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(screen.getByRole('heading', { name: 'Where you are signed in' })).toHaveFocus();
  });

  test('one that ended by itself meanwhile is as good as ended', async () => {
    const remove = signedIn([here, session()]);
    answer('delete', '/auth/sessions/session-1', () => {
      remove('session-1');
      return problem(404, 'not_found');
    });
    const { user } = renderApp(<Sessions />);
    await user.click(await screen.findByRole('button', { name: 'Sign out Chrome on Windows' }));
    expect(await screen.findByText('Chrome on Windows is signed out.')).toBeVisible();
  });

  test('a failure stands beside its device', async () => {
    signedIn([here, session()]);
    answer('delete', '/auth/sessions/session-1', () => problem(503, 'unavailable'));
    const { user } = renderApp(<Sessions />);
    await user.click(await screen.findByRole('button', { name: 'Sign out Chrome on Windows' }));
    const [, row = document.body] = screen.getAllByRole('listitem');
    expect(await within(row).findByRole('alert')).toHaveTextContent(/server is busy/);
  });

  test('signing out everywhere asks first, and then leads to sign-in', async () => {
    signedIn([here]);
    const ended = answer('post', '/auth/logout-all', () => new HttpResponse(null, { status: 204 }));
    sessionStorage.setItem('terrace-draft:/patients/new', '{}');
    const { user } = renderApp(<Sessions />);

    const open = await screen.findByRole('button', { name: 'Sign out everywhere' });
    await user.click(open);
    const dialog = await screen.findByRole('dialog', { name: 'Sign out everywhere?' });
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(ended).toHaveLength(0);

    await user.click(open);
    const again = await screen.findByRole('dialog');
    await user.click(within(again).getByRole('button', { name: 'Sign out everywhere' }));
    await waitFor(() => expect(goTo).toHaveBeenCalledWith('/sign-in'));
    expect(ended).toHaveLength(1);
    expect(sessionStorage).toHaveLength(0);
  });
});

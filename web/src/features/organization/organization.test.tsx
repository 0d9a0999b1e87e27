import { screen, waitFor } from '@testing-library/react';
import type { Domain, Organization } from '@/api/types';
import { goTo } from '@/features/auth/go-to-clinic';
import { me, renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import { OrganizationSettings } from './organization-settings';

jest.mock('@/features/auth/go-to-clinic', () => ({
  ...jest.requireActual<object>('@/features/auth/go-to-clinic'),
  goTo: jest.fn(),
}));

const organization: Organization = {
  id: 'tenant-1',
  name: 'Asha Clinic',
  slug: 'asha',
  origin: 'http://localhost',
  locale: 'en-IN',
  time_zone: 'Asia/Kolkata',
  logo: null,
  version: 3,
};

const domain = (changed: Partial<Domain> = {}): Domain => ({
  id: 'domain-1',
  domain: 'clinic.example',
  state: 'pending',
  origin: 'http://clinic.example:8000',
  record: {
    type: 'TXT',
    name: '_terrace.clinic.example',
    value: 'terrace-verification=abc',
  },
  created_at: '2026-11-20T05:00:00Z',
  verified_at: null,
  checked_at: null,
  ...changed,
});

const listOf = (...results: Domain[]) => ({ results, next: null, previous: null });

function show(domains: Domain[] = [], role = 'owner') {
  answer('get', '/organization', () => organization);
  const as = { ...me, role: { slug: role, name: role } };
  return renderApp(
    <OrganizationSettings
      organization={organization}
      domains={listOf(...domains)}
      baseHost="localhost:8000"
    />,
    { as },
  );
}

test('only what was changed is sent, over the version that was shown', async () => {
  const asked = answer('patch', '/organization', () => ({
    ...organization,
    name: 'Kamal Clinic',
    version: 4,
  }));
  const { user } = show();
  const save = screen.getByRole('button', { name: 'Save' });
  expect(save).toBeDisabled();
  await user.clear(screen.getByLabelText('Clinic name'));
  await user.type(screen.getByLabelText('Clinic name'), 'Kamal Clinic');
  await user.click(save);
  expect(await screen.findByText('Your clinic is saved.')).toBeVisible();
  expect(await asked[0]?.json()).toEqual({ name: 'Kamal Clinic' });
  expect(asked[0]?.headers.get('if-match')).toBe('"3"');
});

test('what is wrong stands beside its field, which gets the focus', async () => {
  answer('patch', '/organization', () =>
    problem(400, 'validation_failed', {
      errors: { name: [{ code: 'blank', message: 'This field may not be blank.' }] },
    }),
  );
  const { user } = show();
  const name = screen.getByLabelText('Clinic name');
  await user.type(name, ' ');
  await user.clear(name);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(name).toHaveAccessibleDescription(/Enter your clinic’s name/));
  expect(name).toHaveFocus();
});

test('after somebody else’s change theirs is shown, what was typed is kept, and the next try saves', async () => {
  const theirs = { ...organization, locale: 'hi-IN', version: 4 };
  const asked = answer('patch', '/organization', (request) =>
    request.headers.get('if-match') === '"4"'
      ? { ...theirs, name: 'Kamal Clinic', version: 5 }
      : problem(412, 'version_conflict'),
  );
  const { user } = show();
  answer('get', '/organization', () => theirs);
  const name = screen.getByLabelText('Clinic name');
  await user.clear(name);
  await user.type(name, 'Kamal Clinic');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(/Someone else changed this meanwhile/);
  expect(screen.getByRole('radio', { name: 'हिन्दी' })).toBeChecked();
  expect(name).toHaveValue('Kamal Clinic');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Your clinic is saved.')).toBeVisible();
  expect(await asked[1]?.json()).toEqual({ name: 'Kamal Clinic' });
});

test('who has changed the address too often is told when it can change again', async () => {
  answer('get', '/auth/slug-availability', () => ({ slug: 'kamal', available: true }));
  answer('patch', '/organization', () =>
    problem(409, 'slug_limit', { free_at: '2026-12-29T10:00:00Z' }),
  );
  const { user } = show();
  const address = screen.getByRole('textbox', { name: 'Web address' });
  await user.clear(address);
  await user.type(address, 'kamal');
  await user.click(screen.getByRole('button', { name: 'Change address' }));
  expect(await screen.findByText(/You can change it again on 29 Dec 2026/)).toBeVisible();
  expect(address).toHaveValue('kamal');
});

test('a domain that waits shows its record, and what stands there instead', async () => {
  answer('get', '/organization/domains', () => listOf(domain()));
  answer('post', '/organization/domains/domain-1/verify', () =>
    problem(409, 'domain_not_verified', { found: ['terrace-verification=typo'] }),
  );
  show([domain()]);
  expect(screen.getByText('_terrace.clinic.example')).toBeVisible();
  expect(screen.getByText('terrace-verification=abc')).toBeVisible();
  expect(await screen.findByText('terrace-verification=typo')).toBeVisible();
  expect(screen.getByText('Waiting for the record')).toBeVisible();
});

test('a record that has arrived makes the domain a link', async () => {
  let state: Domain['state'] = 'pending';
  answer('get', '/organization/domains', () => listOf(domain({ state })));
  answer('post', '/organization/domains/domain-1/verify', () => {
    state = 'verified';
    return domain({ state });
  });
  show([domain()]);
  expect(await screen.findByRole('link', { name: 'clinic.example' })).toHaveAttribute(
    'href',
    'http://clinic.example:8000',
  );
  expect(screen.getByText('Verified')).toBeVisible();
});

test('the end of a clinic is the owner’s, and wants its address typed', async () => {
  answer('post', '/organization/delete', () => ({
    state: 'deleting',
    delete_after: '2026-12-29T10:00:00Z',
  }));
  const { user } = show();
  await user.click(screen.getByRole('button', { name: 'Delete Asha Clinic' }));
  const confirm = await screen.findByRole('button', { name: 'Delete the clinic' });
  await user.type(screen.getByLabelText('Your password'), 'three or four words');
  expect(confirm).toBeDisabled();
  await user.type(screen.getByLabelText('Type asha to confirm'), 'asha');
  await user.click(confirm);
  expect(await screen.findByText(/Until 29 Dec 2026 our support can bring it back/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Leave' }));
  expect(goTo).toHaveBeenCalledWith('/sign-in');
});

test('an administrator is not offered to delete the clinic', () => {
  show([], 'admin');
  expect(screen.queryByRole('button', { name: /^Delete/ })).not.toBeInTheDocument();
});

import { screen, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { useState } from 'react';
import { renderApp } from '@/test/render';
import { answer, problem } from '@/test/server';
import { SlugField } from './slug-field';

function Address() {
  const [slug, setSlug] = useState('');
  return (
    <SlugField
      slug={slug}
      value={slug}
      baseHost="localhost:8000"
      onChange={({ target }) => setSlug(target.value)}
      onSuggestion={setSlug}
    />
  );
}

const field = () => screen.getByLabelText('Web address');
const CHECKING = 'Checking whether it is free';

test.each([
  ['503', () => problem(503, 'unavailable', {}, { 'retry-after': '1' })],
  ['no answer', () => HttpResponse.error()],
])('%s ends the check, which is tried again', async (_how, fail) => {
  let down = true;
  answer('get', '/auth/slug-availability', () =>
    down ? fail() : { slug: 'kamal', available: true },
  );
  const { user } = renderApp(<Address />);
  await user.type(field(), 'kamal');
  expect(screen.getByText(CHECKING)).toBeVisible();
  await waitFor(() => expect(screen.queryByText(CHECKING)).not.toBeInTheDocument());
  expect(field()).not.toHaveAccessibleDescription(/taken/);

  down = false;
  expect(await screen.findByText('kamal.localhost:8000 is free')).toBeVisible();
});

test.each(['ab', 'my_clinic', '9lives'])('%s is said to be no address', async (slug) => {
  const asked = answer('get', '/auth/slug-availability', () => ({ slug, available: true }));
  const { user } = renderApp(<Address />);
  await user.type(field(), slug);
  await waitFor(() => expect(field()).toHaveAccessibleDescription(/3 to 40 small letters/));
  expect(field()).toBeInvalid();
  expect(asked).toHaveLength(0);

  await user.clear(field());
  expect(field()).toBeValid();
});

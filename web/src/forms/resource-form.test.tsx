import { screen, waitFor } from '@testing-library/react';
import { ProblemError } from '@/api/problem';
import { renderApp } from '@/test/render';
import { specimenWords } from './testing/specimen';
import { NewSpecimen } from './testing/specimen-form';

const field = (label: RegExp) => screen.getByLabelText(label);

function open(save: (body: object) => Promise<unknown>) {
  return renderApp(<NewSpecimen save={save} />, { words: specimenWords });
}

function refusal(errors: Record<string, { code: string; message: string }[]>) {
  return new ProblemError({
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    code: 'validation_failed',
    detail: '',
    request_id: '1',
    errors,
  });
}

test('what is typed is sent as the API has it, what is not is null, a default or nothing', async () => {
  const save = jest.fn(() => Promise.resolve());
  const { user } = open(save);
  await user.type(field(/^Name$/), ' Opal ');
  await user.clear(field(/^Price/));
  await user.type(field(/^Price/), '1,250.50');
  await user.clear(field(/^Length/));
  await user.type(field(/^Length/), '90');
  await user.click(screen.getByRole('switch', { name: 'Polished' }));
  await user.click(screen.getByRole('radio', { name: 'Blue' }));
  await user.click(screen.getByRole('checkbox', { name: 'Gloss' }));
  await user.click(screen.getByRole('checkbox', { name: 'Matt' }));
  await user.click(screen.getByRole('checkbox', { name: 'Gloss' }));
  await user.type(field(/^Names/), 'one{Enter}two');
  await user.type(field(/^Found_on/), '2026-11-28');
  await user.type(field(/^Opens/), '09:30');
  await user.type(field(/^Seen_at/), '2026-11-28T15:00');

  await user.click(screen.getByRole('button', { name: 'Save' }));

  await waitFor(() => expect(save).toHaveBeenCalledTimes(1));
  expect(save).toHaveBeenCalledWith({
    name: 'Opal',
    remark: null,
    code: null,
    email: null,
    phone: null,
    website: null,
    slug: null,
    address: null,
    batch: null,
    place: null,
    weight: null,
    price: 125_050,
    polished: false,
    found_on: '2026-11-28',
    opens: '09:30',
    seen_at: '2026-11-28T09:30:00.000Z',
    length: 'PT90M',
    colour: 'blue',
    shade: null,
    names: ['one', 'two'],
    marks: null,
    finishes: ['matt'],
  });
});

test('each field has the keyboard and the manners of its kind', () => {
  open(() => Promise.resolve());
  expect(field(/^Name$/)).toHaveAttribute('aria-required', 'true');
  expect(screen.getByText('Remark')).toHaveTextContent('Remark (optional)');
  expect(field(/^Email/)).toHaveAttribute('type', 'email');
  expect(field(/^Place/)).toHaveAttribute('inputmode', 'numeric');
  expect(field(/^Price/)).toHaveAttribute('inputmode', 'decimal');
  expect(field(/^Price/)).toHaveValue('99.50');
  expect(field(/^Price/)).toHaveAccessibleDescription('Without tax.');
  expect(field(/^Length/)).toHaveValue('30');
  expect(field(/^Found_on/)).toHaveAttribute('min', '2000-01-01');
  expect(field(/^Opens/)).toHaveAttribute('max', '20:00');
  expect(screen.getByRole('switch', { name: 'Polished' })).toBeChecked();
  expect(screen.getByRole('group', { name: 'Colour' })).toBeVisible();
  expect(field(/^Shade/)).toHaveDisplayValue('Not noted');
});

test('of several errors of the API the first in the page has the focus; those of elements stand beside their list', async () => {
  const { user } = open(() =>
    Promise.reject(
      refusal({
        'names.1': [{ code: 'unique', message: 'Twice.' }],
        price: [{ code: 'invalid', message: 'Odd.' }],
      }),
    ),
  );
  await user.type(field(/^Name$/), 'Opal');
  await user.click(screen.getByRole('radio', { name: 'Blue' }));
  await user.type(screen.getByLabelText(/^Names/), 'one');

  await user.click(screen.getByRole('button', { name: 'Save' }));

  await waitFor(() => expect(field(/^Price/)).toHaveFocus());
  expect(field(/^Price/)).toHaveAccessibleDescription('Odd. Without tax.');
  expect(screen.getByLabelText(/^Names/)).toHaveAccessibleDescription('Twice.');
});

test('what is wrong with the whole stands above the form and has the focus', async () => {
  const { user } = open(() =>
    Promise.reject(
      refusal({ non_field_errors: [{ code: 'invalid', message: 'Diamonds have no shelf.' }] }),
    ),
  );
  await user.type(field(/^Name$/), 'Opal');
  await user.click(screen.getByRole('radio', { name: 'Blue' }));
  await user.type(screen.getByLabelText(/^Names/), 'one');

  await user.click(screen.getByRole('button', { name: 'Save' }));

  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('Diamonds have no shelf.');
  expect(alert).toHaveFocus();
});

import { screen, waitFor } from '@testing-library/react';
import { ProblemError, toProblemError } from '@/api/problem';
import { renderApp } from '@/test/render';
import { FormProblem } from './form-problem';
import { specimenWords, type SpecimenName } from './testing/specimen';
import { NewSpecimen } from './testing/specimen-form';

type Refusal = [name: SpecimenName, typed: string, english: RegExp, hindi: RegExp];

/** Each way in which a typed text breaks its rule. */
const REFUSALS: Refusal[] = [
  ['name', '', /^Fill this in/, /^इसे भरें/],
  ['name', 'a', /at least 2 characters/, /कम से कम 2 अक्षर/],
  ['name', 'abcdefghijk', /at most 10 characters/, /ज़्यादा से ज़्यादा 10 अक्षर/],
  ['code', 'ab12', /^Two letters, two digits/, /^यह ठीक नहीं लगता/],
  ['email', 'asha', /such as asha@example.com/, /asha@example.com/],
  ['phone', '12345', /10 digits/, /10 अंक/],
  ['website', 'example', /https:\/\/example.com/, /https:\/\/example.com/],
  ['slug', 'a b', /letters, numbers/, /अंग्रेज़ी अक्षर/],
  ['address', '300', /192.0.2.1/, /192.0.2.1/],
  ['batch', '7', /an id such as/, /आईडी/],
  ['place', 'x', /a whole number/, /पूरी संख्या/],
  ['place', '0', /^Enter 1 at least/, /कम से कम 1 /],
  ['place', '101', /^Enter 100 at most/, /ज़्यादा से ज़्यादा 100 /],
  ['weight', 'x', /a number, such as 12.5/, /संख्या लिखें/],
  ['weight', '1.234', /at most 2 digits after/, /दशमलव के बाद.* 2 अंक/],
  ['weight', '12345678', /at most 7 digits before/, /दशमलव से पहले.* 7 अंक/],
  ['weight', '1234567890', /at most 9 digits/, /ज़्यादा से ज़्यादा 9 अंक/],
  ['weight', '0.1', /^Enter 0.5 at least/, /कम से कम 0.5 /],
  ['price', 'x', /an amount, such as/, /रक़म/],
  ['price', '1.234', /at most 2 digits after/, /दशमलव के बाद.* 2 अंक/],
  ['price', '-1', /^Enter ₹0 at least/, /कम से कम ₹0 /],
  ['price', '5000.01', /^Enter ₹5,000 at most/, /ज़्यादा से ज़्यादा ₹5,000 /],
  ['length', '4', /^Enter 5 minutes at least/, /कम से कम 5 मिनट/],
  ['length', 'x', /whole minutes/, /पूरे मिनट/],
  ['names', 'a\nb\nc', /^At most 2 entries/, /ज़्यादा से ज़्यादा 2 /],
  ['names', '', /^At least 1 entry/, /कम से कम 1 /],
  ['names', 'abcdefghijk', /at most 10 characters/, /ज़्यादा से ज़्यादा 10 अक्षर/],
  ['marks', '1\nx', /whole numbers, one a line/, /पूरी संख्याएँ/],
  ['marks', '1\n6', /^Enter 5 at most/, /ज़्यादा से ज़्यादा 5 /],
  ['colour', '', /^Choose one of these/, /^इनमें से एक चुनें/],
];

/** Days and times, which a browser's picker lets nobody type wrong; the API's own codes come below. */
const RANGES: Refusal[] = [
  ['found_on', '1999-12-31', /^Enter 1 January 2000 or a later day/, /1 जनवरी 2000 या उसके बाद/],
  ['found_on', '2100-01-01', /^Enter 31 December 2099 or an earlier/, /31 दिसंबर 2099 या उससे पहले/],
  ['opens', '07:59', /^Enter 08:00 or later/, /08:00 या उसके बाद/],
  ['opens', '20:01', /^Enter 20:00 or earlier/, /20:00 या उससे पहले/],
];

const element = (name: string) => {
  const found = document.getElementById(name);
  if (!found) throw new Error(`there is no field ${name}`);
  return found.closest('fieldset') ?? found;
};

const VALID = { name: 'Opal', colour: 'red', names: 'one' };

describe.each(['en', 'hi'] as const)('in %s', (language) => {
  test.each([...REFUSALS, ...RANGES])(
    '%s %j is refused beside its field',
    async (name, typed, english, hindi) => {
      const save = jest.fn();
      const { user } = renderApp(<NewSpecimen save={save} names={[name]} />, {
        language,
        words: specimenWords,
      });
      const field = element(name);
      if (field.tagName !== 'FIELDSET') {
        await user.clear(field);
        if (typed) await user.type(field, typed.replaceAll('\n', '{Enter}'));
      }

      await user.keyboard('{Control>}{Enter}{/Control}');

      const words = language === 'en' ? english : hindi;
      await waitFor(() => expect(element(name)).toHaveAccessibleDescription(words));
      expect(save).not.toHaveBeenCalled();
    },
  );

  test.each([
    ['required', /^What the API says/, /^इसे भरें/],
    ['blank', /^What the API says/, /^इसे भरें/],
    ['null', /^What the API says/, /^इसे भरें/],
    ['invalid', /^What the API says/, /^पूरी संख्या लिखें/],
    ['invalid_choice', /^What the API says/, /^इनमें से एक चुनें/],
    ['max_length', /^What the API says/, /^यह बहुत लंबा है/],
    ['min_length', /^What the API says/, /^यह बहुत छोटा है/],
    ['max_value', /^Enter 100 at most/, /ज़्यादा से ज़्यादा 100 /],
    ['min_value', /^Enter 1 at least/, /कम से कम 1 /],
    ['max_digits', /^What the API says/, /बहुत ज़्यादा अंक/],
    ['max_decimal_places', /^What the API says/, /दशमलव के बाद बहुत/],
    ['max_whole_digits', /^What the API says/, /दशमलव से पहले बहुत/],
    ['unique', /^What the API says/, /लिया जा चुका/],
    ['does_not_exist', /^What the API says/, /मौजूद नहीं/],
    ['not_a_list', /^What the API says/, /सूची होनी चाहिए/],
    ['permission_denied', /^What the API says/, /भूमिका/],
    ['unknown_field', /^What the API says/, /नहीं जानता/],
    ['a_code_of_tomorrow', /^What the API says/, /^What the API says/],
  ])('%s of the API stands beside its field, which has the focus', async (code, english, hindi) => {
    const save = () =>
      Promise.reject(
        new ProblemError({
          type: 'about:blank',
          title: 'Bad Request',
          status: 400,
          code: 'validation_failed',
          detail: '',
          request_id: '1',
          errors: { place: [{ code, message: 'What the API says.' }] },
        }),
      );
    const { user } = renderApp(<NewSpecimen save={save} start={VALID} names={['place']} />, {
      language,
      words: specimenWords,
    });

    await user.keyboard('{Control>}{Enter}{/Control}');

    const words = language === 'en' ? english : hindi;
    await waitFor(() => expect(element('place')).toHaveAccessibleDescription(words));
    expect(element('place')).toHaveFocus();
  });
});

test.each([
  ['tenant_read_only', 'en', 'For now your clinic can be read but not changed'],
  ['tenant_read_only', 'hi', 'सिर्फ़ देखा जा सकता है'],
  ['too_many_downloads', 'hi', 'बहुत सारे डाउनलोड'],
  ['a_code_of_tomorrow', 'hi', 'What the API says'],
] as const)('the problem %s is said in the person’s language, in %s', (code, language, words) => {
  const error = toProblemError(403, {
    type: 'about:blank',
    title: 'Forbidden',
    status: 403,
    code,
    detail: 'What the API says.',
    request_id: '1',
  });
  renderApp(<FormProblem error={error} />, { language });
  expect(screen.getByRole('alert')).toHaveTextContent(words);
});

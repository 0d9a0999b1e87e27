// What a body means for the row. The schema has checked types, lengths and choices.
import { ageOn, estimatedBirthday } from './calendar.js';
import { fold, toE164 } from './words.js';

const greatestAge = 130;
const plainTexts = [
  'name',
  'sex',
  'phone_relation',
  'guardian_name',
  'email',
  'address',
  'city',
  'pincode',
];

export const invalid = (message) => Object.assign(new Error(message), { statusCode: 400 });

// The columns that the body sets. `stored` is the row before a change, if there is one and it was read.
export function columnsOf(body, today, { creating = false, stored = null } = {}) {
  const values = {};
  for (const name of plainTexts)
    if (body[name] !== undefined) values[name] = body[name] === null ? null : body[name].trim();
  if (values.name !== undefined) values.name_sort = fold(values.name);
  if (body.phone !== undefined) values.phone = body.phone === null ? null : readPhone(body.phone);
  return Object.assign(values, birthday(body, today, creating, stored));
}

function readPhone(typed) {
  const phone = toE164(typed.trim());
  if (!phone)
    throw invalid('phone: Enter a ten-digit mobile number, or one of another country with its +.');
  return phone;
}

function birthday({ age, date_of_birth: day }, today, creating, stored) {
  const ageGiven = age !== undefined && age !== null;
  const dayGiven = day !== undefined && day !== null;
  const mentioned = age !== undefined || day !== undefined;
  if (!ageGiven && !dayGiven && (mentioned || creating))
    throw invalid('age: Give an age or a date of birth.');
  if (ageGiven && dayGiven)
    throw invalid('date_of_birth: Give an age or a date of birth. Not both.');
  if (dayGiven) {
    const years = ageOn(today, day);
    if (years < 0 || years > greatestAge)
      throw invalid('date_of_birth: The date of birth is out of range.');
    return { born_on: day, dob_precision: 'day' };
  }
  // An age that is so already says nothing new, and the estimate must not drift.
  if (!ageGiven || (stored?.dob_precision === 'estimated' && ageOn(today, stored.born_on) === age))
    return {};
  return { born_on: estimatedBirthday(today, age), dob_precision: 'estimated' };
}

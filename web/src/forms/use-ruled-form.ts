'use client';

import type { Fields } from '@/api/field';
import { isProblemCode, ProblemError } from '@/api/problem';
import type { Checking } from './check';
import type { Faults } from './faults';
import { useFormState } from './form-state';
import { loadLater } from './later';
import type { Values } from './values';

export type NameOf<F extends Fields> = Extract<keyof F, string>;

/** What every form of a resource is made from. */
export interface FormOptions<F extends Fields> {
  fields: F;
  /** The part of the messages where the resource's words are. */
  words: string;
  /** Fields that these values make needless, each with the one beside which its errors then stand. */
  hidden?: (values: Values) => Partial<Record<NameOf<F>, NameOf<F>>>;
  /** What the rules of single fields cannot say: codes by field. `zone` is the clinic's. */
  check?: (values: Values, zone: string) => Partial<Record<NameOf<F>, string>>;
}

interface Sending extends Checking {
  start: Values;
  /** Called with values that have been checked, without the needless ones. */
  save: (values: Values) => Promise<void>;
  onFailure?: () => void;
  /** The ids of the fields' elements, where those are not their names. */
  idOf?: (name: string) => string;
}

/** A form of fields that the API has rules for: checks on Save, sends, and puts what is wrong where it belongs. */
export function useRuledForm<F extends Fields>(
  { fields, hidden, check }: Omit<FormOptions<F>, 'words'>,
  { start, save, onFailure, idOf, ...checking }: Sending,
) {
  // Checked on Save, then on each change: an error that appears on leaving a field would move Save
  // away from under the press that left it.
  const faultsIn = async (values: Values) => {
    const { faultsOf } = await loadLater();
    const asked = without(values, hidden?.(values));
    const own: Record<string, string | undefined> = check?.(values, checking.zone) ?? {};
    const faults: Faults = {};
    for (const found of [own, faultsOf(fields, asked, checking)]) {
      for (const [name, code] of Object.entries(found)) {
        if (code) faults[name] ??= { type: code, message: '' };
      }
    }
    return faults;
  };
  const form = useFormState(start, faultsIn, idOf);

  const submit = () =>
    form.submit(async (values) => {
      const needless = hidden?.(values);
      try {
        await save(without(values, needless));
      } catch (error) {
        onFailure?.();
        throw besideShown(error, needless);
      }
    });
  return { form, submit: () => void submit() };
}

function without(values: Values, needless: object = {}): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !(name in needless)));
}

function besideShown(error: unknown, moved: Record<string, string | undefined> = {}) {
  if (!isProblemCode(error, 'validation_failed')) return error;
  const errors = { ...error.errors };
  for (const [from, to] of Object.entries(moved)) {
    const found = errors[from];
    if (!found || !to) continue;
    delete errors[from];
    errors[to] ??= found;
  }
  return new ProblemError({ ...error.problem, errors }, error.retryAfter);
}

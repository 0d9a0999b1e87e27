'use client';

import { useState, type FormEvent } from 'react';
import { ProblemError } from '@/api/problem';
import { useFaultWords } from '@/forms/field-errors';

type Values = Record<string, string>;

interface Saving<T extends Values> {
  /** What is saved now: what the form returns to when somebody else's change comes in. */
  saved: T;
  save: (changed: Partial<T>) => Promise<void>;
}

/**
 * A few fields with one Save. What is wrong is the API's to say: beside the field, which gets the focus, else above. Much
 * smaller than what forms of many fields need.
 */
export function useSaving<T extends Values>({ saved, save }: Saving<T>) {
  const [typed, setTyped] = useState<Partial<T>>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const words = useFaultWords();
  const values = { ...saved, ...typed };

  const changed: Partial<T> = {};
  for (const name of keysOf(saved)) {
    if (values[name].trim() !== saved[name]) changed[name] = values[name];
  }
  const dirty = Object.keys(changed).length > 0;
  const errors = problem instanceof ProblemError ? problem.errors : {};
  const shown =
    Object.keys(errors).every((name) => name in saved) && Object.keys(errors).length > 0;

  async function submit(event: FormEvent<HTMLFormElement>) {
    const form = event.currentTarget;
    if (busy || !dirty) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await save(changed);
      setTyped({});
    } catch (error) {
      setProblem(error);
      if (error instanceof ProblemError) focusFirst(form, Object.keys(error.errors));
    } finally {
      setBusy(false);
    }
  }

  return {
    submit,
    busy,
    dirty,
    values,
    set: (name: keyof T, value: string) => setTyped((before) => ({ ...before, [name]: value })),
    errorOf: (name: keyof T & string) => {
      const fault = errors[name]?.[0];
      return fault && words(name, { type: fault.code, message: fault.message });
    },
    /** For the whole of the form. */
    problem: shown ? undefined : problem,
  };
}

function keysOf<T extends Values>(values: T): (keyof T & string)[] {
  return Object.keys(values);
}

function focusFirst(form: HTMLFormElement, names: string[]) {
  const first = [...form.elements].find((element) =>
    names.includes(element.getAttribute('name') ?? ''),
  );
  if (first instanceof HTMLElement) first.focus();
}

'use client';

import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { isProblemCode, ProblemError } from '@/api/problem';
import { showFieldErrors } from '@/forms/field-errors';
import { lazyResolver } from '@/forms/lazy-resolver';
import { FORM_FIELDS, type FormField, type PatientFormValues } from './form-values';

export const loadSchema = () => import('./patient-schema');
const resolver = lazyResolver<PatientFormValues>(async () => (await loadSchema()).patientSchema);

export function usePatientForm(defaultValues: PatientFormValues) {
  // Checked on Save, then on each change: an error that appears on leaving a field would move Save
  // away from under the press that left it.
  return useForm<PatientFormValues>({ resolver, defaultValues });
}

export type PatientForm = ReturnType<typeof usePatientForm>;

/** Sends the form, and puts what the API has against it where it belongs. */
export function usePatientSubmit(
  form: PatientForm,
  save: (values: PatientFormValues) => Promise<void>,
) {
  const [problem, setProblem] = useState<unknown>();
  const submit = form.handleSubmit(async (values) => {
    setProblem(undefined);
    try {
      await save(values);
    } catch (error) {
      const shown =
        error instanceof ProblemError &&
        showFieldErrors(besideShownBirth(error, values), FORM_FIELDS, form.setError);
      if (!shown) setProblem(error);
    }
  });
  return { submit, problem };
}

/** The form shows one of age and date of birth: an error of the hidden one moves to it. */
function besideShownBirth(error: ProblemError, { birth }: PatientFormValues): ProblemError {
  if (!isProblemCode(error, 'validation_failed')) return error;
  const [shown, hidden]: FormField[] =
    birth === 'age' ? ['age', 'date_of_birth'] : ['date_of_birth', 'age'];
  const { [hidden as string]: moved, ...errors } = error.errors;
  if (!moved) return error;
  const all = { ...errors, [shown as string]: errors[shown as string] ?? moved };
  return new ProblemError({ ...error.problem, errors: all }, error.retryAfter);
}

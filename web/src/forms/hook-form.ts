import type { FieldErrors, FieldValues, Path, Resolver, UseFormSetError } from 'react-hook-form';
import type { ZodType } from 'zod';
import type { ProblemError } from '@/api/problem';
import { faultsIn } from './faults';

/**
 * Checks a form against a schema that is loaded at the first check. The message of each issue is its
 * code, one of the API's (required, invalid, …): words are found where they are shown.
 */
export function lazyResolver<T extends FieldValues>(load: () => Promise<ZodType>): Resolver<T>;
export function lazyResolver(load: () => Promise<ZodType>): Resolver {
  return async (values) => {
    const result = (await load()).safeParse(values);
    if (result.success) return { values, errors: {} };
    const errors: FieldErrors = {};
    for (const issue of result.error.issues) {
      const field = issue.path.join('.');
      errors[field] ??= { type: issue.message, message: '' };
    }
    return { values: {}, errors };
  };
}

/**
 * Puts the API's errors beside the fields they name, and the focus on the first of `fields` among them; true when each
 * of them found its field.
 */
export function showFieldErrors<T extends FieldValues>(
  error: ProblemError,
  fields: readonly Path<T>[],
  setError: UseFormSetError<T>,
): boolean {
  const { faults, complete } = faultsIn(error, fields);
  let first = true;
  for (const field of fields) {
    const fault = faults[field];
    if (!fault) continue;
    setError(field, fault, { shouldFocus: first });
    first = false;
  }
  return complete;
}

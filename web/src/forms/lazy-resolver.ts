import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';
import type { ZodType } from 'zod';

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

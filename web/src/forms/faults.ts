import { ProblemError } from '@/api/problem';
import { ofElement } from './element-code';

/** What is wrong with a field: one of the API's codes, and the API's own words where it was the one to object. */
export interface Fault {
  type: string;
  message: string;
}

export type Faults = Partial<Record<string, Fault>>;

/**
 * The API's errors by the fields that they name, and whether each of them found its field. An error of an element (`tags.0`)
 * stands beside its list.
 */
export function faultsIn(error: unknown, fields: readonly string[]) {
  const entries = error instanceof ProblemError ? Object.entries(error.errors) : [];
  const faults: Faults = {};
  let placed = 0;
  for (const [name, [first]] of entries) {
    const field = fields.find((known) => known === name || name.startsWith(`${known}.`));
    if (!field || !first) continue;
    const { code, message } = first;
    faults[field] ??= { type: field === name ? code : ofElement(code), message };
    placed += 1;
  }
  return { faults, complete: placed > 0 && placed === entries.length };
}

/** The focus to the first on the page of the elements with these ids. */
export function focusFirst(ids: string[]) {
  const elements = ids.flatMap((id) => document.getElementById(id) ?? []);
  elements.sort((one, other) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  elements[0]?.focus();
}

/** The query key under which everything about patients hangs. */
export const PATIENTS = 'patients';

export function listKey(search: string) {
  return [PATIENTS, 'list', search] as const;
}

import { FORM_FIELDS, type FormField, type PatientFormValues } from './form-values';

type Key = FormField | 'birth';

/**
 * Three versions of a form: what mine started from, mine, and what someone else saved meanwhile. Fields
 * that I left alone take theirs; fields that both changed, to different things, have collided.
 */
export function mergeTheirs(
  base: PatientFormValues,
  mine: PatientFormValues,
  theirs: PatientFormValues,
) {
  const keys: Key[] = [...FORM_FIELDS, 'birth'];
  const changed = keys.filter((key) => theirs[key] !== base[key] && theirs[key] !== mine[key]);
  return {
    taken: changed.filter((key) => mine[key] === base[key]),
    collided: changed.filter((key): key is FormField => key !== 'birth' && mine[key] !== base[key]),
  };
}

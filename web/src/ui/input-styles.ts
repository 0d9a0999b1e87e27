/** 16 px text on every size: smaller makes phones zoom in. */
export const inputStyles =
  'block w-full rounded-control border border-field bg-surface px-3 text-lg text-ink placeholder:text-muted aria-invalid:border-danger aria-invalid:outline-danger disabled:bg-sunken disabled:text-muted';

import type { Values } from './values';

/**
 * Three versions of a form: what mine started from, mine, and what someone else saved meanwhile. Fields
 * that I left alone take theirs; fields that both changed, to different things, have collided.
 */
export function mergeTheirs(base: Values, mine: Values, theirs: Values) {
  const changed = Object.keys(theirs).filter(
    (name) => theirs[name] !== base[name] && theirs[name] !== mine[name],
  );
  return {
    taken: changed.filter((name) => mine[name] === base[name]),
    collided: changed.filter((name) => mine[name] !== base[name]),
  };
}

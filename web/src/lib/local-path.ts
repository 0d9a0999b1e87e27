const PATH = /^\/(?![/\\])[\w\-./~%?=&+,:@!$'()*;]*$/;

/** A place inside this app to go to next, or the fallback: never another host's. */
export function localPath(next: string | null | undefined, fallback = '/patients'): string {
  if (!next || !PATH.test(next) || /^\/(api(?!\/docs$)|session|enter|sign-)/.test(next))
    return fallback;
  return next;
}

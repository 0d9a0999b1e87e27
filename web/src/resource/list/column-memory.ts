import { COLUMN_SEPARATOR } from './list';

interface Named {
  name: string;
  path: string;
}

const YEAR_S = 31_536_000;

/** A cookie, so that the web server renders the table as it was left. */
export const columnsCookie = ({ name }: Named) => `terrace-columns-${name}`;

export function rememberColumns(resource: Named, columns: string[] | undefined) {
  const value = columns?.join(COLUMN_SEPARATOR) ?? '';
  const age = columns ? YEAR_S : 0;
  document.cookie = `${columnsCookie(resource)}=${value}; Path=${resource.path}; Max-Age=${age}; SameSite=Lax`;
}

export function columnsIn(cookie: string | undefined): string[] | undefined {
  return cookie ? cookie.split(COLUMN_SEPARATOR) : undefined;
}

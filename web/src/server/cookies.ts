export const ACCESS_COOKIE = '__Host-at';
export const REFRESH_COOKIE = '__Host-rt';

/** Lays Set-Cookie lines over a Cookie header, so that this very request sees what they set. */
export function mergedCookieHeader(cookieHeader: string, setCookieLines: string[]): string {
  const jar = new Map(cookieHeader.split(/;\s*/).filter(Boolean).map(splitPair));
  for (const line of setCookieLines) {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const [name, value] = splitPair(pair);
    if (attributes.some((attribute) => /^max-age=0$/i.test(attribute))) jar.delete(name);
    else jar.set(name, value);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

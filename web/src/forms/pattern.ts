/** In full. The API's patterns are RE2's: one that JavaScript cannot read is left to the API. */
export function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text);
  } catch {
    return true;
  }
}

/** Without the spaces that group it, 411 001, where only so it matches. */
export function ungrouped(pattern: string, text: string): string {
  const bare = text.replace(/\s/g, '');
  return !matches(pattern, text) && matches(pattern, bare) ? bare : text;
}

const EACH = 'each.';

/** The code of what is wrong with an element of a list, told from the same of the list: too long, or too many. */
export const ofElement = (code: string) => `${EACH}${code}`;

export const isOfElement = (code: string) => code.startsWith(EACH);

export const plainCode = (code: string) => (isOfElement(code) ? code.slice(EACH.length) : code);

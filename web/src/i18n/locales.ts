export const LOCALES = ['en', 'hi'] as const;
export type Locale = (typeof LOCALES)[number];

/** A plain preference, readable by scripts: it says nothing about the person. */
export const LOCALE_COOKIE = 'terrace-locale';

export function pickLocale(tag: string): Locale {
  return tag.toLowerCase().startsWith('hi') ? 'hi' : 'en';
}

/** The first language of an Accept-Language header decides; browsers list them in order. */
export function preferredLocale(acceptLanguage: string): Locale {
  return pickLocale(acceptLanguage.split(',')[0]?.trim() ?? '');
}

/** Dates and numbers are written the Indian way in both languages. */
export function formatLocale(locale: Locale): string {
  return `${locale}-IN`;
}

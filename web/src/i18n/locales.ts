export const LOCALES = ['en', 'hi'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each in its own script, for those who read no other. */
export const LANGUAGES = [
  { value: 'en', label: 'English', lang: 'en' },
  { value: 'hi', label: 'हिन्दी', lang: 'hi' },
] as const;

/** A plain preference, readable by scripts: it says nothing about the person. */
export const LOCALE_COOKIE = 'terrace-locale';

/** For this device and its next visit. */
export function setLocaleCookie(locale: string) {
  document.cookie = `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

export function hasLocaleCookie(): boolean {
  return document.cookie.includes(`${LOCALE_COOKIE}=`);
}

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

import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { formatLocale, LOCALE_COOKIE, pickLocale, preferredLocale } from './locales';

const MESSAGES = {
  en: () => import('../../messages/en.json'),
  hi: () => import('../../messages/hi.json'),
};

export default getRequestConfig(async ({ locale, requestLocale }) => {
  const asked = locale ?? (await requestLocale);
  const chosen = asked ? pickLocale(asked) : await localeOfRequest();
  const { default: messages } = await MESSAGES[chosen]();
  return {
    locale: formatLocale(chosen),
    messages,
    timeZone: 'Asia/Kolkata',
  };
});

async function localeOfRequest() {
  const remembered = (await cookies()).get(LOCALE_COOKIE)?.value;
  if (remembered) return pickLocale(remembered);
  return preferredLocale((await headers()).get('accept-language') ?? '');
}

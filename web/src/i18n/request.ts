import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { formatLocale, LOCALE_COOKIE, pickLocale, preferredLocale } from './locales';

export default getRequestConfig(async ({ locale, requestLocale }) => {
  const asked = locale ?? (await requestLocale);
  const chosen = asked ? pickLocale(asked) : await localeOfRequest();
  const messages = (await import(`../../messages/${chosen}.json`)) as {
    default: Record<string, unknown>;
  };
  return {
    locale: formatLocale(chosen),
    messages: messages.default as never,
    timeZone: 'Asia/Kolkata',
  };
});

async function localeOfRequest() {
  const remembered = (await cookies()).get(LOCALE_COOKIE)?.value;
  if (remembered) return pickLocale(remembered);
  return preferredLocale((await headers()).get('accept-language') ?? '');
}

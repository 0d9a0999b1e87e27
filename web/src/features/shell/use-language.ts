'use client';

import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { api } from '@/api/api';
import { pickLocale, setLocaleCookie } from '@/i18n/locales';

/** The language of this device, told to the account too, so that the next device starts with it. */
export function useLanguage(): [string, (language: string) => void] {
  const router = useRouter();
  const current = pickLocale(useLocale());
  const choose = (language: string) => {
    setLocaleCookie(language);
    router.refresh();
    // The page has changed already; the account takes it at the next choice if this fails.
    api.patch('/auth/me', { locale: language }).catch(() => undefined);
  };
  return [current, choose];
}

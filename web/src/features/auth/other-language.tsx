'use client';

import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { LANGUAGES, pickLocale, setLocaleCookie } from '@/i18n/locales';
import { Button } from '@/ui/button';

/** Two languages: each page offers the other, and what was typed stays. */
export function OtherLanguage() {
  const current = pickLocale(useLocale());
  const router = useRouter();
  return LANGUAGES.filter(({ value }) => value !== current).map(({ value, label, lang }) => (
    <Button
      key={value}
      look="quiet"
      lang={lang}
      onClick={() => {
        setLocaleCookie(value);
        router.refresh();
      }}
    >
      {label}
    </Button>
  ));
}

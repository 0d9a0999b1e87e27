'use client';

import Link from 'next/link';
import { useLocale } from 'next-intl';
import { useEffect } from 'react';
import { hasLocaleCookie, LANGUAGES, pickLocale, setLocaleCookie } from '@/i18n/locales';
import { buttonStyles } from '@/ui/button-styles';

const PAGES = { en: '/', hi: '/hi' };

/** The landing page in the other language. Who reads the Hindi one goes on in Hindi, unless they chose before. */
export function LanguageLink() {
  const current = pickLocale(useLocale());
  useEffect(() => {
    if (current === 'hi' && !hasLocaleCookie()) setLocaleCookie('hi');
  }, [current]);
  return LANGUAGES.filter(({ value }) => value !== current).map(({ value, label, lang }) => (
    <Link
      key={value}
      href={PAGES[value]}
      hrefLang={`${value}-IN`}
      lang={lang}
      prefetch={false}
      className={buttonStyles({ look: 'quiet', className: 'max-sm:px-3' })}
      onClick={() => setLocaleCookie(value)}
    >
      {label}
    </Link>
  ));
}

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonStyles } from '@/ui/button-styles';
import { Mark } from '@/ui/mark';
import { LanguageLink } from './language-link';

export function SiteHeader() {
  const t = useTranslations('site');
  return (
    <header className="border-t-[3px] border-brand">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-control bg-brand px-4 py-2 text-on-brand focus-visible:translate-y-0"
      >
        {t('skip')}
      </a>
      <div className="mx-auto flex h-16 max-w-[70rem] items-center justify-between gap-3 px-4 sm:px-6">
        <p className="flex items-center gap-2">
          <Mark className="size-7 text-brand" />
          <span className="text-lg font-semibold max-[22rem]:sr-only">Terrace Clinic</span>
        </p>
        <nav className="flex items-center gap-1">
          <LanguageLink />
          <Link href="/sign-in" prefetch={false} className={buttonStyles({ look: 'quiet' })}>
            {t('signIn')}
          </Link>
          <Link
            href="/sign-up"
            prefetch={false}
            className={buttonStyles({ className: 'max-sm:hidden' })}
          >
            {t('signUp')}
          </Link>
        </nav>
      </div>
    </header>
  );
}

export function SiteFooter() {
  const t = useTranslations('site');
  return (
    <footer className="border-t border-line">
      <div className="mx-auto flex max-w-[70rem] flex-wrap items-center justify-between gap-3 px-4 py-8 text-base text-muted sm:px-6">
        <p>{t('footer')}</p>
        <p className="flex gap-5">
          <Link href="/sign-in" prefetch={false} className={footerLink}>
            {t('signIn')}
          </Link>
          <Link href="/sign-up" prefetch={false} className={footerLink}>
            {t('signUp')}
          </Link>
        </p>
      </div>
    </footer>
  );
}

const footerLink = 'inline-flex min-h-6 items-center underline underline-offset-4 hover:text-ink';

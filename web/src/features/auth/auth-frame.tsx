import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Mark } from '@/ui/mark';
import { OtherLanguage } from './other-language';

export function AuthFrame({ children }: { children: ReactNode }) {
  const t = useTranslations('auth');
  return (
    <div className="flex min-h-dvh flex-col px-4 sm:px-6">
      <header className="mx-auto flex w-full max-w-md items-center justify-between pt-6 sm:pt-10">
        {/* The landing page has a root layout of its own: a whole document either way. */}
        <Link
          href="/"
          prefetch={false}
          className="inline-flex items-center gap-2 rounded-control text-brand"
        >
          <Mark />
          <span className="text-lg font-semibold text-ink">Terrace Clinic</span>
        </Link>
        <OtherLanguage />
      </header>
      <main className="mx-auto w-full max-w-md flex-1 py-8">{children}</main>
      <footer className="mx-auto w-full max-w-md pb-8 text-sm text-muted">{t('tagline')}</footer>
    </div>
  );
}

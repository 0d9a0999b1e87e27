import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { buttonStyles } from '@/ui/button-styles';
import { Pricing } from './pricing';
import { RegisterVignette } from './register-vignette';
import { SiteFooter, SiteHeader } from './site-frame';
import { Walls } from './walls';
import { Works } from './works';

export function Landing() {
  const t = useTranslations('site');
  return (
    <>
      <SiteHeader />
      <main id="content">
        <section className="mx-auto grid max-w-[70rem] items-center gap-10 px-4 pt-8 pb-16 sm:px-6 sm:pt-14 sm:pb-24 lg:grid-cols-[minmax(0,1fr)_27rem] lg:gap-16">
          <div>
            <h1 className="text-3xl font-semibold tracking-tight text-balance sm:text-4xl">
              {t('heroTitle')}
            </h1>
            <p className="mt-5 max-w-xl text-xl text-pretty text-muted">{t('heroText')}</p>
            <div className="mt-8 flex flex-wrap items-center gap-x-5 gap-y-3">
              <Link href="/sign-up" prefetch={false} className={primary}>
                {t('heroSignUp')}
              </Link>
              <p className="text-base text-muted">{t('heroNote')}</p>
            </div>
          </div>
          <RegisterVignette />
        </section>
        <Works />
        <Walls />
        <Pricing />
        <section className="mx-auto max-w-[70rem] px-4 pb-20 text-center sm:px-6">
          <h2 className="text-3xl font-semibold tracking-tight text-balance">{t('endTitle')}</h2>
          <p className="mt-3 text-xl text-muted">{t('endText')}</p>
          <Link href="/sign-up" prefetch={false} className={`${primary} mt-7`}>
            {t('heroSignUp')}
          </Link>
        </section>
      </main>
      <SiteFooter />
    </>
  );
}

const primary = buttonStyles({ look: 'primary', size: 'lg' });

import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { Landing } from './landing';

/** The landing page is static, hence without a look at cookies or the browser's language: a page a language. */
export type SiteLocale = 'en-IN' | 'hi-IN';

/** What needs the page's whole address, the picture of a shared link among it, nginx adds: a build does not know it. */
export async function siteMetadata(locale: SiteLocale): Promise<Metadata> {
  setRequestLocale(locale);
  const t = await getTranslations('meta');
  const title = t('title');
  const description = t('description');
  return {
    title,
    description,
    openGraph: {
      title,
      description,
      type: 'website',
      siteName: t('app'),
      locale: locale.replace('-', '_'),
    },
    twitter: { card: 'summary_large_image' },
  };
}

export function SitePage({ locale }: { locale: SiteLocale }) {
  setRequestLocale(locale);
  return <Landing />;
}

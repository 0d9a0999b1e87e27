import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { icons } from '../base-metadata';
import { documentViewport, HtmlDocument } from '../html-document';

/** Static, hence without a look at cookies or the browser's language. */
const LOCALE = 'en-IN';

export const viewport = documentViewport;

export async function generateMetadata(): Promise<Metadata> {
  setRequestLocale(LOCALE);
  const t = await getTranslations('meta');
  const title = t('title');
  const description = t('description');
  return { title, description, icons, openGraph: { title, description, type: 'website' } };
}

export default function SiteLayout({ children }: { children: ReactNode }) {
  setRequestLocale(LOCALE);
  return <HtmlDocument locale={LOCALE}>{children}</HtmlDocument>;
}

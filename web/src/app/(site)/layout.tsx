import type { Metadata } from 'next';
import { setRequestLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ClientMessages } from '@/i18n/client-messages';
import { siteMetadata } from '@/features/site/site-document';
import { icons, manifest } from '../base-metadata';
import { documentViewport, HtmlDocument } from '../html-document';

const LOCALE = 'en-IN';

export const viewport = documentViewport;

export async function generateMetadata(): Promise<Metadata> {
  return { ...(await siteMetadata(LOCALE)), icons, manifest };
}

export default function SiteLayout({ children }: { children: ReactNode }) {
  setRequestLocale(LOCALE);
  return (
    <HtmlDocument locale={LOCALE}>
      <ClientMessages parts={[]}>{children}</ClientMessages>
    </HtmlDocument>
  );
}

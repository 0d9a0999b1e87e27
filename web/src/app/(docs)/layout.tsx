import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ClientMessages } from '@/i18n/client-messages';
import { requestNonce } from '@/lib/request-nonce';
import { icons } from '../base-metadata';
import { documentViewport, HtmlDocument } from '../html-document';

export const viewport = documentViewport;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reference');
  return { title: t('title'), description: t('description'), robots: { index: false }, icons };
}

/** What is written for those who program, whoever they are: neither the app's nor the sign-in's frame. */
export default async function DocsLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  return (
    <HtmlDocument locale={locale} nonce={await requestNonce()}>
      <ClientMessages parts={['reference']}>{children}</ClientMessages>
    </HtmlDocument>
  );
}

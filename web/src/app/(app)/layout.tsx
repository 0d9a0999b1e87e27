import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ClientMessages } from '@/i18n/client-messages';
import { requestNonce } from '@/lib/request-nonce';
import { icons } from '../base-metadata';
import { documentViewport, HtmlDocument } from '../html-document';

export const viewport = documentViewport;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('meta');
  return {
    title: { default: t('app'), template: `%s · ${t('app')}` },
    robots: { index: false },
    description: t('description'),
    icons,
  };
}

/** Asks the API nothing, so that it stands, with error.tsx below it, when the API does not. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  return (
    <HtmlDocument locale={locale} nonce={await requestNonce()}>
      <ClientMessages
        parts={[
          'shell',
          'roles',
          'keys',
          'calendar',
          'connection',
          'resource',
          'patients',
          'auth',
          'forms',
          'errors',
        ]}
      >
        {children}
      </ClientMessages>
    </HtmlDocument>
  );
}

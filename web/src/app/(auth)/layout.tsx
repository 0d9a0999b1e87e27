import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AuthFrame } from '@/features/auth/auth-frame';
import { ClientMessages } from '@/i18n/client-messages';
import { requestNonce } from '@/lib/request-nonce';
import { icons } from '../base-metadata';
import { documentViewport, HtmlDocument } from '../html-document';

export const viewport = documentViewport;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('meta');
  return {
    title: { default: t('app'), template: `%s · ${t('app')}` },
    description: t('description'),
    icons,
  };
}

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  return (
    <HtmlDocument locale={locale} nonce={await requestNonce()}>
      <ClientMessages parts={['auth', 'errors']}>
        <AuthFrame>{children}</AuthFrame>
      </ClientMessages>
    </HtmlDocument>
  );
}

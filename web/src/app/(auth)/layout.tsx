import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AuthFrame } from '@/features/auth/auth-frame';
import { ClientMessages } from '@/i18n/client-messages';
import { requestNonce } from '@/lib/request-nonce';
import { isRootHost } from '@/server/hosts';
import { icons, manifest } from '../base-metadata';
import { documentViewport, HtmlDocument } from '../html-document';

export const viewport = documentViewport;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('meta');
  const atRoot = isRootHost((await headers()).get('host') ?? '');
  return {
    title: { default: t('app'), template: `%s · ${t('app')}` },
    description: t('description'),
    icons,
    // An app that was installed at a clinic's host keeps its name while nobody is signed in there.
    manifest: atRoot ? manifest : undefined,
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

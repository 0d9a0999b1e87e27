import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SignIn } from '@/features/auth/sign-in';
import { WelcomeBack } from '@/features/auth/welcome-back';
import { localPath } from '@/lib/local-path';
import { findMe, hostIsUnknown } from '@/server/api';
import { isRootHost, SITE_ORIGIN, tenantHostSuffix } from '@/server/hosts';

interface Props {
  searchParams: Promise<{ next?: string | string[]; ended?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signInTitle') };
}

export default async function SignInPage({ searchParams }: Props) {
  const { next: asked, ended } = await searchParams;
  const next = localPath(typeof asked === 'string' ? asked : undefined);
  const host = (await headers()).get('host') ?? '';
  const atRoot = isRootHost(host) && tenantHostSuffix() !== null;

  const me = await findMe();
  if (me && !atRoot) redirect(next);
  if (me) return <WelcomeBack me={me} />;
  if (await hostIsUnknown()) notFound();

  const t = await getTranslations('auth');
  return (
    <SignIn
      next={next}
      ended={ended !== undefined}
      intro={isRootHost(host) ? t('signInIntro') : host}
      signUpUrl={isRootHost(host) ? '/sign-up' : `${SITE_ORIGIN}/sign-up`}
    />
  );
}

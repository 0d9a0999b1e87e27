import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SignUpForm } from '@/features/auth/sign-up-form';
import { isRootHost, SITE_ORIGIN, tenantHostSuffix } from '@/server/hosts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signUpTitle') };
}

export default async function SignUpPage() {
  const host = (await headers()).get('host') ?? '';
  if (!isRootHost(host)) redirect(`${SITE_ORIGIN}/sign-up`);
  const t = await getTranslations('auth');
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('signUpTitle')}</h1>
      <p className="mt-1 mb-6 text-lg text-muted sm:text-base">{t('signUpIntro')}</p>
      <SignUpForm baseHost={tenantHostSuffix()} />
    </>
  );
}

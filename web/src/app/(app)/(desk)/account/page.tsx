import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeviceSettings } from '@/features/account/device-settings';
import { Profile } from '@/features/account/profile';
import { Sessions } from '@/features/account/sessions';
import { ClientMessages } from '@/i18n/client-messages';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

export default async function AccountPage() {
  const t = await getTranslations('account');
  return (
    <ClientMessages parts={['account', 'roles', 'keys', 'errors']}>
      <h1 className="mb-6 text-2xl font-semibold">{t('title')}</h1>
      <div className="max-w-2xl space-y-10">
        <Profile />
        <DeviceSettings />
        <Sessions />
      </div>
    </ClientMessages>
  );
}

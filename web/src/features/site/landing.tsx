import { useTranslations } from 'next-intl';

export function Landing() {
  const t = useTranslations('site');
  return <h1>{t('heroTitle')}</h1>;
}

'use client';

import { useTranslations } from 'next-intl';
import { BackLink } from './back-link';
import { useLastList } from './last-list';

export function BackToList() {
  const t = useTranslations('patients');
  return <BackLink href={useLastList()} label={t('back')} />;
}

import { getTranslations } from 'next-intl/server';
import { SITE_ORIGIN } from '@/server/hosts';
import { buttonStyles } from '@/ui/button-styles';
import { hostIsUnknown } from '@/server/api';
import { EmptyState } from '@/ui/empty-state';

export async function PageMissing({ of }: { of: 'page' | 'patient' }) {
  const errors = await getTranslations('errors');
  if (await hostIsUnknown()) {
    return (
      <EmptyState as="h1" title={errors('unknownHostTitle')} text={errors('problems.unknown_host')}>
        <a href={SITE_ORIGIN} className={buttonStyles({ look: 'primary' })}>
          {errors('goToSite')}
        </a>
      </EmptyState>
    );
  }
  const patients = await getTranslations('patients');
  const t = of === 'page' ? errors : patients;
  return (
    <EmptyState as="h1" title={t('notFoundTitle')} text={t('notFoundText')}>
      {/* Not a Link: its code would be sent along with every page that can be missing. */}
      <a href="/patients" className={buttonStyles({ look: 'primary' })}>
        {errors('goHome')}
      </a>
    </EmptyState>
  );
}

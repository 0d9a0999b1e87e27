import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { buttonStyles } from '@/ui/button';
import { EmptyState } from '@/ui/empty-state';

export async function PageMissing({ of }: { of: 'page' | 'patient' }) {
  const errors = await getTranslations('errors');
  const patients = await getTranslations('patients');
  const t = of === 'page' ? errors : patients;
  return (
    <EmptyState as="h1" title={t('notFoundTitle')} text={t('notFoundText')}>
      <Link href="/patients" prefetch={false} className={buttonStyles({ look: 'primary' })}>
        {errors('goHome')}
      </Link>
    </EmptyState>
  );
}

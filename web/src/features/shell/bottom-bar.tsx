'use client';

import { Plus, Users } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCan } from '@/session/session-provider';
import { AccountButton } from './account-button';
import { bottomItem } from './bottom-item';

export function BottomBar() {
  const t = useTranslations('shell');
  const canCreate = useCan('patients.create');
  const here = usePathname();
  return (
    <nav
      aria-label={t('navigation')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <Link
        href="/patients"
        prefetch={false}
        aria-current={here === '/patients' ? 'page' : undefined}
        className={bottomItem}
      >
        <Users aria-hidden="true" className="size-5" strokeWidth={1.75} />
        {t('patients')}
      </Link>
      {canCreate && (
        <Link
          href="/patients/new"
          prefetch={false}
          aria-current={here === '/patients/new' ? 'page' : undefined}
          className={bottomItem}
        >
          <Plus aria-hidden="true" className="size-5" strokeWidth={1.75} />
          {t('newPatient')}
        </Link>
      )}
      <AccountButton place="bar" />
    </nav>
  );
}

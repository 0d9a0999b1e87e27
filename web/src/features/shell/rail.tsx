'use client';

import { Plus, Users } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useShortcut } from '@/lib/use-shortcut';
import { useCan, useSession } from '@/session/session-provider';
import { buttonStyles } from '@/ui/button';
import { Mark } from '@/ui/mark';
import { AccountButton } from './account-button';

export function Rail() {
  const t = useTranslations('shell');
  const clinic = useSession(({ me }) => me.tenant.name);
  const canCreate = useCan('patients.create');
  const here = usePathname();
  const router = useRouter();

  useShortcut('n', () => canCreate && router.push('/patients/new'));
  useShortcut('/', () => here !== '/patients' && router.push('/patients#search'));

  return (
    <div className="sticky top-0 hidden h-[calc(100dvh-3px)] flex-col border-r border-line bg-surface p-3 sm:flex">
      <div className="flex items-center gap-2.5 px-2 py-2.5">
        <Mark className="size-7 shrink-0 text-brand" />
        <span className="min-w-0 truncate text-lg font-semibold">{clinic}</span>
      </div>
      {canCreate && (
        <Link
          href="/patients/new"
          prefetch={false}
          className={buttonStyles({ look: 'primary', className: 'mt-3' })}
        >
          <Plus aria-hidden="true" className="size-4" strokeWidth={2} />
          {t('newPatient')}
          <kbd
            aria-hidden="true"
            className="ml-auto rounded-control border border-current/30 px-1.5 text-xs opacity-80"
          >
            N
          </kbd>
        </Link>
      )}
      <nav aria-label={t('navigation')} className="mt-4 flex-1">
        <Link
          href="/patients"
          prefetch={false}
          aria-current={here.startsWith('/patients') ? 'page' : undefined}
          className="flex h-9 items-center gap-3 rounded-control border-l-2 border-transparent px-2.5 text-base hover:bg-sunken aria-[current=page]:border-brand aria-[current=page]:bg-brand-soft aria-[current=page]:font-medium aria-[current=page]:text-on-brand-soft"
        >
          <Users aria-hidden="true" className="size-5" strokeWidth={1.75} />
          {t('patients')}
        </Link>
      </nav>
      <AccountButton place="rail" />
    </div>
  );
}

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Me } from '@/api/types';
import { Toaster } from '@/ui/toaster';
import { BottomBar } from './bottom-bar';
import { ConnectionNotice } from './connection-notice';
import { FocusOnNavigation } from './focus-on-navigation';
import { PrintHeader } from './print-header';
import { Rail } from './rail';
import { sectionsFor } from './sections';
import { ServiceWorker } from './service-worker';
import { SessionLost } from './session-lost';
import { Shortcuts } from './shortcuts';

interface ShellProps {
  me: Me;
  children: ReactNode;
}

/** What stands around every signed-in page: a rail on wider screens, a bar at the foot on phones. */
export function Shell({ me, children }: ShellProps) {
  const t = useTranslations('shell');
  const sections = sectionsFor(me.permissions);
  const canCreate = me.permissions.includes('patients.create');
  return (
    <div className="min-h-dvh border-t-[3px] border-brand sm:grid sm:grid-cols-[5rem_minmax(0,1fr)] lg:grid-cols-[14.5rem_minmax(0,1fr)] print:block print:border-0">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-control bg-brand px-4 py-2 text-on-brand focus-visible:translate-y-0"
      >
        {t('skip')}
      </a>
      <Rail clinic={me.tenant.name} sections={sections} canCreate={canCreate} />
      <div>
        <ConnectionNotice />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-[75rem] px-4 pt-4 pb-[calc(5.5rem+env(safe-area-inset-bottom))] outline-none sm:px-6 sm:pt-8 sm:pb-12 lg:px-8 print:max-w-none print:p-0"
        >
          <PrintHeader />
          {/* Where the rail has no room for it: who works at two clinics has to see which one this is. */}
          <p className="mb-1 truncate text-sm text-muted lg:hidden print:hidden">
            {me.tenant.name}
          </p>
          {children}
        </main>
      </div>
      <BottomBar sections={sections} canCreate={canCreate} />
      <Shortcuts canCreate={canCreate} />
      <FocusOnNavigation />
      <Toaster label={t('notifications')} closeLabel={t('close')} />
      <SessionLost />
      <ServiceWorker />
    </div>
  );
}

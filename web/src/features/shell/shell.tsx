import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Toaster } from '@/ui/toaster';
import { BottomBar } from './bottom-bar';
import { Rail } from './rail';
import { ServiceWorker } from './service-worker';
import { SessionLost } from './session-lost';

/** What stands around every signed-in page: a rail on desktops, a bar at the foot on phones. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations('shell');
  return (
    <div className="min-h-dvh border-t-[3px] border-brand sm:grid sm:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-control bg-brand px-4 py-2 text-on-brand focus-visible:translate-y-0"
      >
        {t('skip')}
      </a>
      <Rail />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-[75rem] px-4 pt-4 pb-[calc(5.5rem+env(safe-area-inset-bottom))] outline-none sm:px-6 sm:pt-8 sm:pb-12 lg:px-8"
      >
        {children}
      </main>
      <BottomBar />
      <Toaster label={t('notifications')} closeLabel={t('close')} />
      <SessionLost />
      <ServiceWorker />
    </div>
  );
}

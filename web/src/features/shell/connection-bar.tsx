'use client';

import { useQueryClient } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useState } from 'react';
import { connection } from '@/api/connection';
import { probe } from '@/lib/probe';
import { Button } from '@/ui/button';

const PAUSE_MS = 5_000;

/** Tries by itself every few seconds, and at once when asked; rows on the screen are then asked for anew. */
export function ConnectionBar() {
  const t = useTranslations('connection');
  const queryClient = useQueryClient();
  const [trying, setTrying] = useState(false);

  const tryAgain = async () => {
    setTrying(true);
    try {
      await probe('/healthz');
      connection.report(true);
      if (connection.isUp()) void queryClient.invalidateQueries();
    } catch {
      connection.report(false);
    } finally {
      setTrying(false);
    }
  };
  const onTick = useEffectEvent(() => {
    if (document.visibilityState === 'visible') void tryAgain();
  });
  useEffect(() => {
    const timer = setInterval(() => onTick(), PAUSE_MS);
    return () => clearInterval(timer);
  }, []);

  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-warning/40 bg-warning-soft px-4 py-2 text-lg sm:px-6 sm:text-base lg:px-8">
      <WifiOff aria-hidden="true" className="size-5 shrink-0 text-warning" strokeWidth={1.75} />
      <p className="min-w-0 flex-1">
        <span className="font-medium">{t('title')}</span> {t('text')}
      </p>
      <Button busy={trying} onClick={() => void tryAgain()}>
        {t('tryAgain')}
      </Button>
    </div>
  );
}

'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Notice } from '@/ui/notice';

/** The viewer of openapi.json: larger than the rest of the app, so it comes when this page has been painted. */
export function Operations({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations('reference');
  const router = useRouter();
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  // Trying an operation may sign in or out, which changes neither the viewer nor what was typed into it.
  const session = useRef(signedIn);
  useEffect(() => {
    session.current = signedIn;
  }, [signedIn]);

  useEffect(() => {
    let close: (() => void) | undefined;
    let left = false;
    import('./viewer')
      .then(({ showOperations }) => {
        if (left || !place.current) return;
        close = showOperations(place.current, {
          isSignedIn: () => session.current,
          onAccountCall: () => router.refresh(),
        });
        setState('shown');
      })
      .catch(() => setState('failed'));
    return () => {
      left = true;
      close?.();
    };
  }, [router]);

  return (
    <>
      {state === 'loading' && (
        <p role="status" className="py-8 text-lg text-muted sm:text-base">
          {t('loading')}
        </p>
      )}
      {state === 'failed' && (
        <div className="py-8">
          <Notice tone="danger" alert>
            {t('failed')}
          </Notice>
        </div>
      )}
      {/* Written in English, whatever language the page around it has. */}
      <div ref={place} lang="en-IN" />
    </>
  );
}

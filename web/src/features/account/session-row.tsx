'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { isProblemCode } from '@/api/problem';
import type { Session } from '@/api/types';
import { FormProblem } from '@/forms/form-problem';
import { useSession } from '@/session/session-provider';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { showToast } from '@/ui/toast';
import { SESSIONS, sessionsApi } from './sessions-api';

export function SessionRow({ session, onEnded }: { session: Session; onEnded: () => void }) {
  const t = useTranslations('account');
  const here = useSession(({ me }) => me.tenant);
  const moment = useMoment(here.time_zone);
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => endOnce(session.id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: SESSIONS });
      showToast({ text: t('endedToast', { device }) });
      onEnded();
    },
  });

  const [browser, system] = session.user_agent.split(' on ');
  const device = system
    ? t('browserOnSystem', { browser: browser ?? '', system })
    : session.user_agent || t('unknownDevice');
  const place = [
    session.tenant.slug !== here.slug && session.tenant.name,
    session.ip && t('address', { ip: session.ip }),
    t('since', { moment: moment(session.created_at) }),
  ].filter(Boolean);

  return (
    <li className="flex flex-col items-start gap-x-4 gap-y-2 px-4 py-3 sm:flex-row sm:flex-wrap sm:items-center">
      <div className="min-w-0 sm:flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-lg font-medium sm:text-base">
          {device}
          {session.current && <Badge tone="brand" label={t('thisDevice')} />}
        </p>
        <p className="text-base break-words text-muted sm:text-sm">
          {!session.current && (
            <span className="block">{t('lastUsed', { moment: moment(session.last_used_at) })}</span>
          )}
          {place.join(' · ')}
        </p>
      </div>
      {!session.current && (
        <Button
          busy={end.isPending}
          aria-label={t('endNamed', { device })}
          onClick={() => end.mutate()}
        >
          {end.isPending ? t('ending') : t('end')}
        </Button>
      )}
      {end.error && (
        <div className="w-full">
          <FormProblem error={end.error} />
        </div>
      )}
    </li>
  );
}

/** One that has ended by itself meanwhile is as good as ended. */
async function endOnce(id: string) {
  try {
    await sessionsApi.end(id);
  } catch (error) {
    if (!isProblemCode(error, 'not_found')) throw error;
  }
}

function useMoment(timeZone: string) {
  const format = new Intl.DateTimeFormat(useLocale(), {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  });
  return (timestamp: string) => format.format(new Date(timestamp));
}

'use client';

import { CircleUser } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ComponentProps, ComponentType } from 'react';
import { useSession } from '@/session/session-provider';
import { useRoleName } from '@/session/use-role-name';
import { bottomItem } from './bottom-item';

export type AccountPlace = 'rail' | 'bar';

const triggers: Record<AccountPlace, ComponentType<ComponentProps<'button'>>> = {
  rail: RailTrigger,
  bar: BarTrigger,
};

export function AccountTrigger({
  place,
  ...button
}: ComponentProps<'button'> & { place: AccountPlace }) {
  const Trigger = triggers[place];
  return <Trigger type="button" {...button} />;
}

function BarTrigger(button: ComponentProps<'button'>) {
  const t = useTranslations('shell');
  return (
    <button type="button" {...button} className={bottomItem}>
      <CircleUser aria-hidden="true" className="size-5" strokeWidth={1.75} />
      {t('account')}
    </button>
  );
}

function RailTrigger(button: ComponentProps<'button'>) {
  const name = useSession(({ me }) => me.user.full_name);
  const role = useRoleName();
  const t = useTranslations('shell');
  return (
    <button
      type="button"
      {...button}
      className="flex items-center gap-2.5 rounded-control p-2 text-left text-base hover:bg-sunken max-lg:justify-center"
    >
      <span
        aria-hidden="true"
        className="flex size-8 shrink-0 items-center justify-center rounded-full bg-brand-soft text-sm font-semibold text-on-brand-soft"
      >
        {initials(name)}
      </span>
      <span className="min-w-0 max-lg:sr-only">
        <span className="sr-only">{t('account')}: </span>
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-xs text-muted">{role}</span>
      </span>
    </button>
  );
}

function initials(name: string) {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''];
  return letters.map((word) => Array.from(word ?? '')[0] ?? '').join('');
}

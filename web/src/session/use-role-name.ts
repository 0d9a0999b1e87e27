'use client';

import { useTranslations } from 'next-intl';
import { useSession } from './session-provider';

/** The role in the person's language; one that the clinic made itself has the name that it was given. */
export function useRoleName(): string {
  const t = useTranslations('roles');
  const { slug, name } = useSession(({ me }) => me.role);
  return t.has(slug) ? t(slug) : name;
}

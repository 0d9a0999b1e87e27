'use client';

import { useWordsByKey } from '@/i18n/use-words-by-key';
import { useSession } from './session-provider';

/** The role in the person's language; one that the clinic made itself has the name that it was given. */
export function useRoleName(): string {
  const { find } = useWordsByKey();
  const { slug, name } = useSession(({ me }) => me.role);
  return find(`roles.${slug}`) ?? name;
}

import { hasLocaleCookie, pickLocale, setLocaleCookie } from '@/i18n/locales';
import type { Me } from '@/api/types';

/** A clinic on another host takes the session over by a hand-off; on this host there is nothing to hand. */
export function clinicUrl(origin: string, next = '/patients'): string {
  if (origin === window.location.origin) return next;
  return `${origin}/api/v1/auth/enter?next=${encodeURIComponent(next)}`;
}

/** A whole document load: another root layout, and cookies that the server has to see. */
export function goTo(url: string) {
  window.location.assign(url);
}

/** A device that has no language of its own yet takes the person's. */
export function rememberLocale(me: Me) {
  if (!hasLocaleCookie()) setLocaleCookie(pickLocale(me.user.locale));
}

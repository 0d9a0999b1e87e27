'use client';

import { useTranslations } from 'next-intl';
import { goTo } from '@/features/auth/go-to-clinic';
import { SignInForm } from '@/features/auth/sign-in-form';
import { useSession } from '@/session/session-provider';
import { Dialog } from '@/ui/dialog';

/** Signs in again on top of the page, so that a half-filled form below stays as it is. */
export function SessionLostDialog() {
  const t = useTranslations('auth');
  const { me, setMe } = useSession((session) => session);
  return (
    <Dialog
      title={t('sessionLostTitle')}
      text={t('sessionLostText')}
      closeLabel={t('stayHere')}
      onClose={() => setMe(me)}
    >
      <SignInForm
        email={me.user.email}
        tenant={me.tenant.slug}
        onSignedIn={(next) => {
          // Someone else's page must not stay on the screen of another person.
          if (next.user.id === me.user.id) setMe(next);
          else goTo('/patients');
        }}
      />
    </Dialog>
  );
}

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Me } from '@/api/types';
import { useWordsByKey } from '@/i18n/use-words-by-key';
import { Notice } from '@/ui/notice';

/** In whose name the operations are tried. */
export function SignedInAs({ me }: { me: Me | null }) {
  const t = useTranslations('reference');
  const { find } = useWordsByKey();
  if (!me) {
    return (
      <Notice>
        <p>
          {t('signedOut')}{' '}
          <Link
            href="/sign-in?next=/api/docs"
            prefetch={false}
            className="font-medium text-brand underline underline-offset-4"
          >
            {t('signIn')}
          </Link>
        </p>
      </Notice>
    );
  }
  const { slug, name } = me.role;
  const role = find(`roles.${slug}`) ?? name;
  return (
    <Notice tone="warning">
      <p>{t('signedIn', { name: me.user.full_name, role, clinic: me.tenant.name })}</p>
    </Notice>
  );
}

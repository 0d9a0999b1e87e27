import { Plus, Users } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { AccountButton } from './account-button';
import { bottomItem } from './bottom-item';
import { NavLink } from './nav-link';

export function BottomBar({ canCreate }: { canCreate: boolean }) {
  const t = useTranslations('shell');
  return (
    <nav
      aria-label={t('navigation')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden print:hidden"
    >
      <NavLink href="/patients" className={bottomItem}>
        <Users aria-hidden="true" className="size-5" strokeWidth={1.75} />
        {t('patients')}
      </NavLink>
      {canCreate && (
        <NavLink href="/patients/new" className={bottomItem}>
          <Plus aria-hidden="true" className="size-5" strokeWidth={1.75} />
          {t('newPatient')}
        </NavLink>
      )}
      <AccountButton place="bar" />
    </nav>
  );
}

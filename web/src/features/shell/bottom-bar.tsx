import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { AccountButton } from './account-button';
import { bottomItem } from './bottom-item';
import { NavLink } from './nav-link';
import { MoreSections } from './more-sections';
import type { Section } from './sections';

interface BottomBarProps {
  sections: readonly Section[];
  canCreate: boolean;
}

export function BottomBar({ sections, canCreate }: BottomBarProps) {
  const t = useTranslations('shell');
  const words = useTranslations();
  const [first, ...others] = sections;
  return (
    <nav
      aria-label={t('navigation')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden print:hidden"
    >
      {first && (
        <NavLink href={`/${first.name}`} className={bottomItem}>
          <first.icon aria-hidden="true" className="size-5" strokeWidth={1.75} />
          {words(`${first.name}.title`)}
        </NavLink>
      )}
      {canCreate && (
        <NavLink href="/patients/new" className={bottomItem}>
          <Plus aria-hidden="true" className="size-5" strokeWidth={1.75} />
          {t('newPatient')}
        </NavLink>
      )}
      {others.length > 0 && <MoreSections names={others.map(({ name }) => name)} />}
      <AccountButton place="bar" />
    </nav>
  );
}

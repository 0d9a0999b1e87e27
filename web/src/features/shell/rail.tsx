import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { AppLink } from '@/ui/app-link';
import { buttonStyles } from '@/ui/button-styles';
import { Mark } from '@/ui/mark';
import { AccountButton } from './account-button';
import { NavLink } from './nav-link';
import type { Section } from './sections';

interface RailProps {
  clinic: string;
  sections: readonly Section[];
  canCreate: boolean;
}

/** On tablets an icon with its word below, so that the page beside it has room; words beside on desktops. */
export function Rail({ clinic, sections, canCreate }: RailProps) {
  const t = useTranslations('shell');
  const words = useTranslations();
  return (
    <header className="sticky top-0 hidden h-[calc(100dvh-3px)] flex-col border-r border-line bg-surface p-2 sm:flex lg:p-3 print:hidden">
      <div className="flex items-center gap-2.5 px-2 py-2.5 max-lg:justify-center">
        <Mark className="size-7 shrink-0 text-brand" />
        <span className="min-w-0 truncate text-lg font-semibold max-lg:hidden">{clinic}</span>
      </div>
      {canCreate && (
        <AppLink
          href="/patients/new"
          aria-keyshortcuts="n"
          className={buttonStyles({ look: 'primary', className: `mt-3 ${stacked}` })}
        >
          <Plus aria-hidden="true" className="size-4 max-lg:size-5" strokeWidth={2} />
          {t('newPatient')}
          <kbd
            aria-hidden="true"
            className="ml-auto rounded-control border border-current/30 px-1.5 font-sans text-xs opacity-80 max-lg:hidden"
          >
            N
          </kbd>
        </AppLink>
      )}
      <nav aria-label={t('navigation')} className="mt-4 flex-1 space-y-1 overflow-y-auto">
        {sections.map(({ name, icon: Icon }) => (
          <NavLink
            key={name}
            href={`/${name}`}
            withPagesBelow
            className={`flex h-9 items-center gap-3 rounded-control border-transparent px-2.5 text-base hover:bg-sunken aria-[current=page]:border-brand aria-[current=page]:bg-brand-soft aria-[current=page]:font-medium aria-[current=page]:text-on-brand-soft lg:border-l-2 ${stacked}`}
          >
            <Icon aria-hidden="true" className="size-5 shrink-0" strokeWidth={1.75} />
            {words(`${name}.title`)}
          </NavLink>
        ))}
      </nav>
      <AccountButton place="rail" />
    </header>
  );
}

const stacked =
  'max-lg:h-auto! max-lg:flex-col max-lg:justify-center max-lg:gap-1 max-lg:px-1! max-lg:py-2 max-lg:text-center max-lg:text-xs! max-lg:whitespace-normal';

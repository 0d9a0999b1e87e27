import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** A family on one phone, as the register shows it. The people are made up. */
const FAMILY = [
  { person: 'family1', number: 1042 },
  { person: 'family2', number: 1043 },
  { person: 'family3', number: 877 },
] as const;

/** The product itself, drawn in HTML: one search, three people, one number. */
export function RegisterVignette() {
  const t = useTranslations('site');
  return (
    <figure>
      <div
        role="img"
        aria-label={t('vignetteLabel')}
        className="rounded-sheet border border-line bg-surface p-2 shadow-menu"
      >
        <div aria-hidden="true" className="overflow-hidden rounded-card border border-line">
          <div className="flex items-center gap-2.5 border-b border-line bg-bg px-4 py-3.5 text-lg">
            <Search className="size-5 text-muted" strokeWidth={1.75} />
            <span className="tabular-nums">{t('vignetteSearch')}</span>
            <span className="-ml-2 h-5 w-0.5 bg-brand" />
          </div>
          <ol className="relative">
            <span className="absolute inset-y-0 left-14 w-px bg-accent/35" />
            {FAMILY.map(({ person, number }, index) => (
              <li
                key={number}
                className={`grid grid-cols-[3.5rem_minmax(0,1fr)_auto] items-center border-line py-3.5 pr-4 not-last:border-b ${index === 0 ? 'bg-brand-soft' : ''}`}
              >
                <span className="pr-3 text-right text-sm text-muted tabular-nums">{number}</span>
                <span className="pl-3.5">
                  <span className="block truncate text-lg font-medium">{t(`${person}Name`)}</span>
                  <span className="block text-base text-muted">{t(`${person}About`)}</span>
                </span>
                <span className="text-right text-sm text-muted">
                  <span className="block tabular-nums">
                    <mark className="bg-transparent font-semibold text-brand">98450</mark> 71326
                  </span>
                  <span className="block">{t(`${person}Whose`)}</span>
                </span>
              </li>
            ))}
          </ol>
        </div>
      </div>
      <figcaption className="mt-3 text-center text-base text-muted">
        {t('vignetteCaption')}
      </figcaption>
    </figure>
  );
}

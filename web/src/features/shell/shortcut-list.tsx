'use client';

import { useTranslations } from 'next-intl';
import { Fragment } from 'react';

/** Each way to do a thing is one key, or several in a row. */
const GROUPS = [
  {
    title: 'everywhere',
    keys: [
      { does: 'search', ways: [['/']] },
      { does: 'newPatient', ways: [['N']] },
      { does: 'goPatients', ways: [['G', 'P']] },
      { does: 'goAccount', ways: [['G', 'A']] },
      { does: 'help', ways: [['?']] },
    ],
  },
  {
    title: 'inList',
    keys: [
      { does: 'nextRow', ways: [['J'], ['↓']] },
      { does: 'previousRow', ways: [['K'], ['↑']] },
      { does: 'openRow', ways: [['Enter']] },
      { does: 'nextPage', ways: [[']']] },
      { does: 'previousPage', ways: [['[']] },
    ],
  },
  {
    title: 'onPatient',
    keys: [
      { does: 'edit', ways: [['E']] },
      { does: 'back', ways: [['Esc']] },
      { does: 'save', ways: [['Ctrl', 'Enter']] },
    ],
  },
] as const;

/** Every key the app knows, in words. */
export function ShortcutList() {
  const t = useTranslations('keys');
  return (
    <div className="space-y-4">
      {GROUPS.map(({ title, keys }) => (
        <section key={title} aria-labelledby={`keys-${title}`}>
          <h3 id={`keys-${title}`} className="mb-1 text-base text-muted sm:text-sm">
            {t(title)}
          </h3>
          <dl className="divide-y divide-line text-lg sm:text-base">
            {keys.map(({ does, ways }) => (
              <div key={does} className="flex items-center justify-between gap-4 py-1.5">
                <dt>{t(does)}</dt>
                <dd className="flex shrink-0 items-center gap-1.5">
                  {ways.map((way, index) => (
                    <Fragment key={way.join()}>
                      {index > 0 && <span className="text-sm text-muted">{t('or')}</span>}
                      {way.map((key) => (
                        <kbd
                          key={key}
                          className="min-w-6 rounded-control border border-line bg-sunken px-1.5 py-0.5 text-center font-sans text-sm"
                        >
                          {key}
                        </kbd>
                      ))}
                    </Fragment>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

import { useTranslations } from 'next-intl';

const WORKS = [1, 2, 3, 4, 5, 6] as const;

export function Works() {
  const t = useTranslations('site');
  return (
    <section className="border-y border-line bg-surface">
      <div className="mx-auto max-w-[70rem] px-4 py-16 sm:px-6 sm:py-20">
        <h2 className="text-3xl font-semibold tracking-tight text-balance">{t('worksTitle')}</h2>
        <p className="mt-3 max-w-2xl text-xl text-pretty text-muted">{t('worksText')}</p>
        <ul className="mt-10 grid gap-x-10 gap-y-8 sm:grid-cols-2 lg:grid-cols-3">
          {WORKS.map((work) => (
            <li key={work} className="border-t-2 border-ink/80 pt-4">
              <h3 className="text-xl font-semibold">{t(`work${work}Title`)}</h3>
              <p className="mt-1.5 text-lg text-pretty text-muted">{t(`work${work}Text`)}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

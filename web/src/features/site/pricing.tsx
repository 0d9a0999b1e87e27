import { useTranslations } from 'next-intl';
import { formatPaise, withGst } from '@/lib/money';

/** In paise a month, before GST. */
const PLANS = [
  { key: 'plan1', price: 2_999_00 },
  { key: 'plan2', price: 7_999_00 },
  { key: 'plan3', price: 19_999_00 },
] as const;

export function Pricing() {
  const t = useTranslations('site');
  return (
    <section className="mx-auto max-w-[70rem] px-4 py-16 sm:px-6 sm:py-24">
      <h2 className="text-3xl font-semibold tracking-tight text-balance">{t('pricingTitle')}</h2>
      <p className="mt-3 text-xl text-muted">{t('pricingText')}</p>
      <ul className="mt-8 grid overflow-hidden rounded-card border border-line bg-surface max-sm:divide-y sm:grid-cols-3 sm:divide-x divide-line">
        {PLANS.map(({ key, price }) => (
          <li key={key} className="p-5 sm:p-6">
            <h3 className="text-lg font-semibold">{t(key)}</h3>
            <p className="text-base text-muted">{t(`${key}For`)}</p>
            <p className="mt-4 text-3xl font-semibold tracking-tight tabular-nums">
              {formatPaise(price)}
            </p>
            <p className="mt-1 text-base text-muted">
              {t('perMonth')}
              <span className="block tabular-nums">
                {t('withGst', { amount: formatPaise(withGst(price)) })}
              </span>
            </p>
          </li>
        ))}
      </ul>
      <p className="mt-4 text-base text-muted">{t('everyPlan')}</p>
    </section>
  );
}

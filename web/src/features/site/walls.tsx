import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';

const POINTS = ['walls1', 'walls2', 'walls3'] as const;

export function Walls() {
  const t = useTranslations('site');
  return (
    <section className="overflow-hidden bg-brand-soft text-on-brand-soft">
      <div className="mx-auto grid max-w-[70rem] gap-8 px-4 pt-16 pb-10 sm:px-6 sm:pt-20 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-16">
        <div>
          <h2 className="text-3xl font-semibold tracking-tight text-balance">{t('wallsTitle')}</h2>
          <p className="mt-4 max-w-2xl text-xl text-pretty">{t('wallsText')}</p>
        </div>
        <ul className="space-y-3 self-end text-lg">
          {POINTS.map((point) => (
            <li key={point} className="flex gap-3">
              <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0" strokeWidth={2} />
              {t(point)}
            </li>
          ))}
        </ul>
      </div>
      <Terrace />
    </section>
  );
}

/** The street: houses of one row, each with a door of its own. */
function Terrace() {
  return (
    <svg aria-hidden="true" className="h-32 w-full" fill="none" stroke="currentColor">
      <defs>
        <pattern id="terrace" width="216" height="128" patternUnits="userSpaceOnUse">
          <path
            d="M0 62l36-30 36 30 36-42 36 42 36-34 36 34M0 62v66M72 62v66M144 62v66M216 62v66M56 48V30h8v25M160 46V26h8v14"
            strokeWidth="2.5"
            strokeLinejoin="round"
          />
          <path
            d="M28 128V98h16v30M100 128V98h16v30M172 128V98h16v30M14 70h14v14H14zM46 70h14v14H46zM86 68h14v14H86zM116 68h14v14h-14zM158 70h14v14h-14zM190 70h14v14h-14z"
            strokeWidth="1.75"
          />
          <circle cx="40" cy="114" r="1.2" fill="currentColor" />
          <circle cx="112" cy="114" r="1.2" fill="currentColor" />
          <circle cx="184" cy="114" r="1.2" fill="currentColor" />
        </pattern>
      </defs>
      <rect width="100%" height="128" fill="url(#terrace)" stroke="none" />
    </svg>
  );
}

'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Patient } from '@/api/types';
import { formatPhone } from '@/lib/phone';
import { AppLink } from '@/ui/app-link';
import { usePatientWords } from './patient-words';
import { useDuplicates } from './use-duplicates';

/** The patients that the one being typed may already be, if there are any. */
export function MatchList(typed: { name: string; phone: string }) {
  const matches = useDuplicates(typed);
  return matches.length > 0 && <Matches matches={matches} />;
}

/** One line on phones, where the list would push the next field away; open where there is room. */
function Matches({ matches }: { matches: Patient[] }) {
  const t = useTranslations('patients');
  const words = usePatientWords();
  const [roomy] = useState(() => window.matchMedia('(min-width: 40rem)').matches);
  return (
    <details
      open={roomy}
      className="group rounded-card border border-warning/40 bg-warning-soft text-lg sm:text-base"
    >
      <summary className="flex min-h-11 items-center justify-between gap-3 px-4 py-2 font-medium">
        {t('possibleMatch', { count: matches.length })}
        <ChevronDown
          aria-hidden="true"
          className="size-5 shrink-0 text-muted group-open:rotate-180"
          strokeWidth={1.75}
        />
      </summary>
      <div className="px-4 pb-2">
        <p className="text-base text-muted sm:text-sm">{t('possibleMatchText')}</p>
        <ul className="mt-1">
          {matches.map((patient) => (
            <li key={patient.id}>
              <AppLink
                href={`/patients/${patient.id}`}
                className="-mx-2 block rounded-control px-2 py-2 hover:bg-surface/60"
              >
                <span className="font-medium underline underline-offset-4">{patient.name}</span>
                <span className="block text-base text-muted sm:text-sm">
                  {t('number', { number: patient.number })} · {words.ageAndSex(patient)}
                  {patient.phone && (
                    <span className="whitespace-nowrap"> · {formatPhone(patient.phone)}</span>
                  )}
                </span>
              </AppLink>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

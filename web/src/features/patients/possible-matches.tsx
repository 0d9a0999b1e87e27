'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { formatPhone } from '@/lib/phone';
import { usePatientWords } from './patient-words';
import { useDuplicates } from './use-duplicates';

/** A quiet list beside the form: it warns, it never stops anyone. */
export function PossibleMatches({ name, phone }: { name: string; phone: string }) {
  const t = useTranslations('patients');
  const words = usePatientWords();
  const matches = useDuplicates({ name, phone });
  return (
    <div role="status">
      {matches.length > 0 && (
        <section className="rounded-card border border-warning/40 bg-warning-soft p-4">
          <h2 className="text-lg font-medium sm:text-base">
            {t('possibleMatch', { count: matches.length })}
          </h2>
          <p className="mt-0.5 text-base text-muted sm:text-sm">{t('possibleMatchText')}</p>
          <ul className="mt-2 -mb-2">
            {matches.map((patient) => (
              <li key={patient.id}>
                <Link
                  href={`/patients/${patient.id}`}
                  prefetch={false}
                  className="-mx-2 block rounded-control px-2 py-2 text-lg hover:bg-surface/60 sm:text-base"
                >
                  <span className="font-medium underline underline-offset-4">{patient.name}</span>
                  <span className="block text-base text-muted sm:text-sm">
                    {t('number', { number: patient.number })} · {words.ageAndSex(patient)}
                    {patient.phone && ` · ${formatPhone(patient.phone)}`}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

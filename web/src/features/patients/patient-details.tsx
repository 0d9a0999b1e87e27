'use client';

import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import { formatPhone } from '@/lib/phone';
import { Detail, Details } from '@/resource/item/details';
import { useDate, useDay } from '@/session/use-dates';
import { usePatientWords } from './patient-words';

export function PatientDetails({ patient }: { patient: Patient }) {
  const t = useTranslations('patients');
  const words = usePatientWords();
  const date = useDate();
  const day = useDay();
  const place = [patient.address, patient.city, patient.pincode].filter(Boolean);
  return (
    <Details>
      <Detail label={t('fields.phone')}>
        {patient.phone && (
          <>
            <a
              href={`tel:${patient.phone}`}
              className="inline-flex min-h-6 items-center font-medium text-brand tabular-nums underline underline-offset-4"
              aria-label={`${t('call', { name: patient.name })}, ${formatPhone(patient.phone)}`}
            >
              {formatPhone(patient.phone)}
            </a>
            {patient.phone_relation && (
              <span className="block text-base text-muted sm:text-sm">
                {t('fields.phone_relation')}:{' '}
                {t(`choices.phone_relation.${patient.phone_relation}`)}
              </span>
            )}
          </>
        )}
      </Detail>
      {patient.date_of_birth ? (
        <Detail label={t('fields.date_of_birth')}>{day(patient.date_of_birth)}</Detail>
      ) : (
        <Detail label={t('fields.age')}>{words.age(patient)}</Detail>
      )}
      {patient.guardian_name && (
        <Detail label={t('fields.guardian_name')}>{patient.guardian_name}</Detail>
      )}
      <Detail label={t('fields.address')}>
        {place.length > 0 && <span className="whitespace-pre-line">{place.join(', ')}</span>}
      </Detail>
      <Detail label={t('fields.email')}>
        {patient.email && (
          <a
            href={`mailto:${patient.email}`}
            className="break-all text-brand underline underline-offset-4"
          >
            {patient.email}
          </a>
        )}
      </Detail>
      <Detail label={t('addedOn')}>{date(patient.created_at)}</Detail>
      {patient.version > 1 && <Detail label={t('changedOn')}>{date(patient.updated_at)}</Detail>}
    </Details>
  );
}

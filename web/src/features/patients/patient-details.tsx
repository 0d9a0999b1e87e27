'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Patient } from '@/api/types';
import { formatPhone } from '@/lib/phone';
import { useClinicDate, useDay, usePatientWords } from './patient-words';
import { RELATION_LABELS } from './relation-labels';

export function PatientDetails({ patient }: { patient: Patient }) {
  const t = useTranslations('patients');
  const words = usePatientWords();
  const date = useClinicDate();
  const day = useDay();
  const place = [patient.address, patient.city, patient.pincode].filter(Boolean);
  return (
    <dl className="divide-y divide-line rounded-card border border-line bg-surface">
      <Row label={t('phone')}>
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
                {t('relation')}: {t(RELATION_LABELS[patient.phone_relation])}
              </span>
            )}
          </>
        )}
      </Row>
      {patient.date_of_birth ? (
        <Row label={t('dateOfBirth')}>{day(patient.date_of_birth)}</Row>
      ) : (
        <Row label={t('age')}>{words.age(patient)}</Row>
      )}
      {patient.guardian_name && <Row label={t('guardian')}>{patient.guardian_name}</Row>}
      <Row label={t('address')}>
        {place.length > 0 && <span className="whitespace-pre-line">{place.join(', ')}</span>}
      </Row>
      <Row label={t('email')}>
        {patient.email && (
          <a
            href={`mailto:${patient.email}`}
            className="break-all text-brand underline underline-offset-4"
          >
            {patient.email}
          </a>
        )}
      </Row>
      <Row label={t('addedOn')}>{date(patient.created_at)}</Row>
      {patient.version > 1 && <Row label={t('changedOn')}>{date(patient.updated_at)}</Row>}
    </dl>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  const t = useTranslations('patients');
  return (
    <div className="grid gap-0.5 px-4 py-3 text-lg sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-4 sm:text-base">
      <dt className="text-base text-muted">{label}</dt>
      <dd>{children || <span className="text-muted">{t('none')}</span>}</dd>
    </div>
  );
}

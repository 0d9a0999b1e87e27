'use client';

import { useTranslations } from 'next-intl';
import { formatPhone } from '@/lib/phone';
import { ResourceList } from '@/resource/list/resource-list';
import type { FirstPage } from '@/resource/list/use-list';
import { useDate } from '@/session/use-dates';
import { usePatientWords } from './patient-words';
import { patientList } from './patients-list';

export function PatientList({ first }: { first?: FirstPage<'/patients'> }) {
  const t = useTranslations('patients');
  const words = usePatientWords();
  const date = useDate();
  return (
    <ResourceList
      list={patientList}
      first={first}
      columns={[
        { field: 'name', orders: 'text' },
        { field: 'number', orders: 'number', phone: 'topEnd', labelled: true, numeric: true },
        { field: 'age', cell: words.ageAndSex, phone: 'bottomStart' },
        {
          field: 'phone',
          cell: ({ phone }) => phone && formatPhone(phone),
          nothing: t('noPhone'),
          phone: 'bottomEnd',
        },
        { field: 'city', from: 'xl' },
        { field: 'pincode', from: 'chosen' },
        { field: 'guardian_name', from: 'chosen' },
        { field: 'email', from: 'chosen' },
        {
          field: 'created_at',
          cell: (patient) => date(patient.created_at),
          orders: 'time',
          from: 'lg',
        },
      ]}
    />
  );
}

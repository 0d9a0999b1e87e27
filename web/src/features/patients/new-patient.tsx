'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useCreateForm } from '@/forms/use-create-form';
import { useCreate } from '@/resource/data/use-changes';
import { useLastList } from '@/resource/list/last-list';
import { showToast } from '@/ui/toast';
import { PatientFields } from './patient-fields';
import { patientForm } from './patient-form';
import { patients } from './patients';
import { PossibleMatches } from './possible-matches';

interface NewPatientProps {
  /** What was searched for in vain: a phone number, the beginning of a name. */
  searched?: string;
}

export function NewPatient({ searched = '' }: NewPatientProps) {
  const t = useTranslations('patients');
  const router = useRouter();
  const create = useCreate(patients);
  const form = useCreateForm({
    ...patientForm,
    place: '/patients/new',
    start: { birth: 'age', ...fromSearch(searched) },
    about: searched,
    save: async (body, attempt) => {
      const { id, name, number } = await create.mutateAsync({ body, attempt });
      showToast({ text: t('createdToast', { name, number }) });
      return patients.one(id);
    },
    done: (page) => router.push(page),
  });
  useEffect(() => {
    // Who has begun to type before the page came alive types on where they are.
    if (document.activeElement?.matches('input, select, textarea')) return;
    // Where there is a keyboard, the person types on; a phone's would cover half the page.
    if (window.matchMedia('(pointer: fine)').matches) document.getElementById('phone')?.focus();
  }, []);
  const { name = '', phone = '' } = form.state.values;
  return (
    <PatientFields
      form={form}
      cancelHref={useLastList(patients)}
      matches={<PossibleMatches name={name} phone={phone} />}
    />
  );
}

/** Fewer digits are the end of a phone number, or a patient's own: nothing that somebody would type on from. */
const PHONE_DIGITS = 7;

/** Digits, and what is written between them, are a phone number; anything else is of a name. */
function fromSearch(searched: string): { phone?: string; name?: string } {
  const digits = searched.replace(/[-\s()+./]/g, '');
  if (!/^\d+$/.test(digits)) return { name: searched };
  return digits.length < PHONE_DIGITS ? {} : { phone: searched };
}

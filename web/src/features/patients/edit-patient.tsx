'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import { useEditForm } from '@/forms/use-edit-form';
import { keys } from '@/resource/data/cache';
import { showToast } from '@/ui/toast';
import { PatientFields } from './patient-fields';
import { birthOf, patientForm } from './patient-form';
import { patients } from './patients';

export function EditPatient({ patient, etag }: { patient: Patient; etag: string }) {
  const t = useTranslations('patients');
  const router = useRouter();
  const queryClient = useQueryClient();
  const page = `/patients/${patient.id}`;
  const form = useEditForm({
    ...patientForm,
    place: `${page}/edit`,
    object: patient,
    etag,
    textsOf: birthOf,
    latest: () => patients.read(patient.id),
    save: async (changes, base) => {
      const { name } = await patients.update(patient.id, changes, base);
      showToast({ text: t('savedToast', { name }) });
    },
    done: () => {
      queryClient.removeQueries({ queryKey: keys.all(patients) });
      router.push(page);
      router.refresh();
    },
  });
  return <PatientFields form={form} cancelHref={page} />;
}

'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Patient } from '@/api/types';
import { useEditForm } from '@/forms/use-edit-form';
import { useUpdate } from '@/resource/data/use-changes';
import { showToast } from '@/ui/toast';
import { PatientFields } from './patient-fields';
import { birthOf, patientForm } from './patient-form';
import { patients } from './patients';

export function EditPatient({ patient, etag }: { patient: Patient; etag: string }) {
  const t = useTranslations('patients');
  const router = useRouter();
  const update = useUpdate(patients);
  const { id } = patient;
  const page = patients.one(id);
  const form = useEditForm({
    ...patientForm,
    place: `${page}/edit`,
    object: patient,
    etag,
    textsOf: birthOf,
    latest: () => patients.read(id),
    save: async (changes, base) => {
      const { name } = await update.mutateAsync({ id, changes, etag: base });
      showToast({ text: t('savedToast', { name }) });
    },
    done: () => {
      router.push(page);
      router.refresh();
    },
  });
  return <PatientFields form={form} cancelHref={page} />;
}

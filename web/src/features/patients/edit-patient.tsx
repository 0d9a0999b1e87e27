'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { isProblemCode } from '@/api/problem';
import type { Patient } from '@/api/types';
import { Notice } from '@/ui/notice';
import { showToast } from '@/ui/toast';
import { EditConflict } from './edit-conflict';
import {
  changesBetween,
  formValuesOf,
  type FormField,
  type PatientFormValues,
} from './form-values';
import { PATIENTS } from './list-key';
import { mergeTheirs } from './merge-theirs';
import { PatientFormFrame } from './patient-form-frame';
import { patientsApi } from './patients-api';
import { useFormDraft } from './use-form-draft';
import { usePatientForm, usePatientSubmit } from './use-patient-form';

interface EditPatientProps {
  patient: Patient;
  etag: string;
}

interface Conflict {
  fields: FormField[];
  theirs: PatientFormValues;
}

export function EditPatient({ patient, etag }: EditPatientProps) {
  const t = useTranslations('patients');
  const router = useRouter();
  const queryClient = useQueryClient();
  const page = `/patients/${patient.id}`;
  /** The version that the form's changes are based on. */
  const [base, setBase] = useState({ values: formValuesOf(patient), etag });
  const [conflict, setConflict] = useState<Conflict>();
  const form = usePatientForm(base.values);
  const draft = useFormDraft(`${page}/edit`, form);

  async function learnTheirs(mine: PatientFormValues) {
    const latest = await patientsApi.read(patient.id);
    const theirs = formValuesOf(latest.data);
    const merged = mergeTheirs(base.values, mine, theirs);
    for (const field of merged.taken) form.setValue(field, theirs[field]);
    setConflict({ fields: merged.collided, theirs });
    setBase({ values: theirs, etag: latest.etag ?? '' });
  }

  const { submit, problem } = usePatientSubmit(form, async (values) => {
    const changes = changesBetween(base.values, values);
    if (Object.keys(changes).length > 0) {
      try {
        await patientsApi.update(patient.id, changes, base.etag);
      } catch (error) {
        if (!isProblemCode(error, 'version_conflict')) throw error;
        await learnTheirs(values);
        return;
      }
      showToast({ text: t('savedToast', { name: values.name.trim() }) });
    }
    draft.forget();
    queryClient.removeQueries({ queryKey: [PATIENTS] });
    router.push(page);
    router.refresh();
  });

  return (
    <PatientFormFrame
      form={form}
      problem={problem}
      cancelHref={page}
      onSubmit={() => void submit()}
      notices={
        <>
          {draft.restored && <Notice>{t('draftRestored')}</Notice>}
          {conflict && (
            <EditConflict
              {...conflict}
              onKeep={() => void submit()}
              onTake={() => {
                form.reset(conflict.theirs);
                setConflict(undefined);
              }}
            />
          )}
        </>
      }
    />
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useWatch } from 'react-hook-form';
import { isProblemCode } from '@/api/problem';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { useLastList } from '@/resource/list/last-list';
import { showToast } from '@/ui/toast';
import { EMPTY_FORM, payloadOf } from './form-values';
import { PATIENTS } from './list-key';
import { PatientFormFrame } from './patient-form-frame';
import { patients } from './patients';
import { patientsApi } from './patients-api';
import { PossibleMatches } from './possible-matches';
import { useFormDraft } from './use-form-draft';
import { usePatientForm, usePatientSubmit } from './use-patient-form';

interface NewPatientProps {
  /** What was searched for in vain: a phone number or the beginning of a name. */
  searched?: string;
}

export function NewPatient({ searched = '' }: NewPatientProps) {
  const t = useTranslations('patients');
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = usePatientForm({ ...EMPTY_FORM, ...fromSearch(searched) });
  const draft = useFormDraft('/patients/new', form);
  useEffect(() => {
    // Where there is a keyboard, the person types on; a phone's would cover half the page.
    if (window.matchMedia('(pointer: fine)').matches) form.setFocus('phone');
  }, [form]);
  const [name, phone] = useWatch({ control: form.control, name: ['name', 'phone'] });

  const { submit, problem } = usePatientSubmit(form, async (values) => {
    const patient = await patientsApi.create(payloadOf(values), draft.attempt);
    draft.forget();
    queryClient.removeQueries({ queryKey: [PATIENTS] });
    showToast({ text: t('createdToast', { name: patient.name, number: patient.number }) });
    router.push(`/patients/${patient.id}`);
  });

  return (
    <PatientFormFrame
      form={form}
      problem={problem}
      problemText={isProblemCode(problem, 'idempotency_mismatch') ? t('alreadySaved') : undefined}
      cancelHref={useLastList(patients)}
      onSubmit={() => void submit()}
      matches={<PossibleMatches name={name} phone={phone} />}
      notices={
        draft.restored && (
          <Notice>
            <p>{t('draftRestored')}</p>
            <Button
              onClick={() => {
                draft.forget();
                form.reset();
              }}
            >
              {t('discardDraft')}
            </Button>
          </Notice>
        )
      }
    />
  );
}

/** Digits were part of a phone number, anything else of a name. */
function fromSearch(searched: string) {
  return /^[\d\s+]+$/.test(searched) ? { phone: searched } : { name: searched };
}

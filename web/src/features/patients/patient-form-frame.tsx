'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ErrorSummary } from '@/forms/error-summary';
import { FormProblem } from '@/forms/form-problem';
import { useSaveKey } from '@/forms/use-save-key';
import { useWarmUp } from '@/forms/use-warm-up';
import { usePreload } from '@/lib/use-preload';
import { useShortcuts } from '@/lib/use-shortcuts';
import { AppLink } from '@/ui/app-link';
import { Button } from '@/ui/button';
import { buttonStyles } from '@/ui/button-styles';
import { AddressFields, PhoneField, RelationField } from './contact-fields';
import { FIELD_LABELS } from './field-labels';
import { FORM_FIELDS, type FormField } from './form-values';
import { IdentityFields, NameField } from './identity-fields';
import { loadSchema, type PatientForm } from './use-patient-form';

interface PatientFormFrameProps {
  form: PatientForm;
  problem: unknown;
  problemText?: string;
  cancelHref: string;
  onSubmit: () => void;
  /** Stands above the fields: a draft brought back, a change by someone else. */
  notices?: ReactNode;
  /** Stands below the phone and the name. */
  matches?: ReactNode;
}

export function PatientFormFrame(props: PatientFormFrameProps) {
  const { form, problem, problemText, cancelHref, onSubmit, notices, matches } = props;
  const t = useTranslations('patients');
  const router = useRouter();
  useWarmUp();
  usePreload(loadSchema);
  const { isSubmitting: saving, isDirty, errors } = form.formState;
  const leave = () => router.push(cancelHref);
  useShortcuts({ Escape: !isDirty && leave });
  const save = () => {
    if (!saving) onSubmit();
  };
  useSaveKey(save);
  return (
    <form
      noValidate
      className="max-w-2xl space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {notices}
      <FormProblem error={problem} text={problemText} ofForm />
      <ErrorSummary
        errors={errors}
        fields={FORM_FIELDS}
        labelOf={(field) => t(FIELD_LABELS[field as FormField])}
      />
      <PhoneField form={form} />
      <NameField form={form} />
      {matches}
      <IdentityFields form={form} />
      <RelationField form={form} />
      <AddressFields form={form} />
      <div className="sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-10 -mx-4 flex gap-3 border-t border-line bg-bg px-4 py-3 sm:static sm:mx-0 sm:border-0 sm:px-0">
        <Button type="submit" look="primary" busy={saving} className="max-sm:flex-1">
          {saving ? t('saving') : t('save')}
        </Button>
        <AppLink href={cancelHref} className={buttonStyles({ look: 'quiet' })}>
          {t('cancel')}
        </AppLink>
      </div>
    </form>
  );
}

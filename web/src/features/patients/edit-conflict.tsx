'use client';

import { useTranslations } from 'next-intl';
import { useFocusWhen } from '@/forms/use-focus-when';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { FIELD_LABELS } from './field-labels';
import type { FormField, PatientFormValues } from './form-values';
import { RELATION_LABELS } from './relation-labels';

interface EditConflictProps {
  fields: FormField[];
  theirs: PatientFormValues;
  onKeep: () => void;
  onTake: () => void;
}

/** Someone else saved first. Nothing typed is lost, and nothing of theirs is overwritten unseen. */
export function EditConflict({ fields, theirs, onKeep, onTake }: EditConflictProps) {
  const t = useTranslations('patients');
  const notice = useFocusWhen<HTMLDivElement>(theirs);
  return (
    <Notice tone="warning" alert ref={notice} title={t('conflictTitle')}>
      <p>{fields.length > 0 ? t('conflictText') : t('conflictNone')}</p>
      {fields.length > 0 && (
        <ul className="list-disc pl-5">
          {fields.map((field) => (
            <li key={field}>
              <a href={`#${field}`} className="font-medium underline underline-offset-4">
                {t(FIELD_LABELS[field])}
              </a>
              , {t('conflictNow', { value: wordsFor(field) })}
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap gap-3 pt-1">
        <Button look="primary" onClick={onKeep}>
          {t('conflictKeep')}
        </Button>
        <Button onClick={onTake}>{t('conflictTake')}</Button>
      </div>
    </Notice>
  );

  function wordsFor(field: FormField) {
    if (field === 'sex' && theirs.sex) return t(theirs.sex);
    if (field === 'phone_relation' && theirs.phone_relation) {
      return t(RELATION_LABELS[theirs.phone_relation]);
    }
    return theirs[field] || t('conflictEmpty');
  }
}

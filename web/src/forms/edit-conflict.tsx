'use client';

import { useTranslations } from 'next-intl';
import type { Fields } from '@/api/field';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/notice';
import { useFieldWords } from './field-words';
import { useFocusWhen } from './use-focus-when';
import type { Values } from './values';

interface EditConflictProps {
  rules: Fields;
  words: string;
  /** That are different now from what is typed. */
  fields: string[];
  theirs: Values;
  onKeep: () => void;
  onTake: () => void;
}

/** Someone else saved first. Nothing typed is lost, and nothing of theirs is overwritten unseen. */
export function EditConflict({ rules, words, fields, theirs, onKeep, onTake }: EditConflictProps) {
  const t = useTranslations('forms');
  const { label, choice } = useFieldWords(words);
  const notice = useFocusWhen<HTMLDivElement>(theirs);
  return (
    <Notice tone="warning" alert ref={notice} title={t('conflictTitle')}>
      <p>{fields.length > 0 ? t('conflictText') : t('conflictNone')}</p>
      {fields.length > 0 && (
        <ul className="list-disc pl-5">
          {fields.map((field) => (
            <li key={field}>
              <a href={`#${field}`} className="font-medium underline underline-offset-4">
                {label(field)}
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

  function wordsFor(field: string) {
    const theirText = theirs[field];
    if (!theirText) return t('conflictEmpty');
    if (rules[field]?.kind === 'boolean') return t(theirText === 'true' ? 'yes' : 'no');
    return rules[field]?.choices ? choice(field, theirText) : theirText;
  }
}

'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useShortcuts } from '@/lib/use-shortcuts';
import { AppLink } from '@/ui/app-link';
import { Button } from '@/ui/button';
import { buttonStyles } from '@/ui/button-styles';
import { useGo } from '@/ui/use-go';
import { ErrorSummary } from './error-summary';
import { useFieldErrorText } from './field-errors';
import { useFieldWords } from './field-words';
import { FormProblem } from './form-problem';
import type { FormOf } from './form-of';
import { useSaveKey } from './use-save-key';
import { useWarmUp } from './use-warm-up';

interface ResourceFormProps<Name extends string> {
  form: FormOf<Name>;
  cancelHref: string;
  saveLabel?: string;
  /** The fields, in their order. */
  children: ReactNode;
}

/** What stands around the fields of a form: notices above, Save and Cancel below; Ctrl and Enter save, Escape leaves. */
export function ResourceForm<Name extends string>(props: ResourceFormProps<Name>) {
  const { form, cancelHref, saveLabel, children } = props;
  const { fields, words, submit, leaving, giveUp, problem, problemText, notices } = form;
  const t = useTranslations('forms');
  const { label } = useFieldWords(words);
  const go = useGo();
  useWarmUp();
  const { isSubmitting, isDirty, errors } = form.hookForm.formState;
  // Until the next page is there: a second press meanwhile has nothing to save.
  const saving = isSubmitting || leaving;
  const errorOf = useFieldErrorText(errors, fields, words);
  useShortcuts({ Escape: !isDirty && (() => go(cancelHref)) });
  const save = () => {
    if (!saving) submit();
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
      <ErrorSummary fields={Object.keys(fields)} errorOf={errorOf} labelOf={label} />
      {children}
      <div className="sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-10 -mx-4 flex gap-3 border-t border-line bg-bg px-4 py-3 sm:static sm:mx-0 sm:border-0 sm:px-0">
        <Button type="submit" look="primary" busy={saving} className="max-sm:flex-1">
          {saving ? t('saving') : (saveLabel ?? t('save'))}
        </Button>
        <AppLink href={cancelHref} onFollow={giveUp} className={buttonStyles({ look: 'quiet' })}>
          {t('cancel')}
        </AppLink>
      </div>
    </form>
  );
}

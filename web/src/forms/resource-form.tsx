'use client';

import { useTranslations } from 'next-intl';
import { Suspense, type ReactNode } from 'react';
import { useShortcuts } from '@/lib/use-shortcuts';
import { AppLink } from '@/ui/app-link';
import { Button } from '@/ui/button';
import { buttonStyles } from '@/ui/button-styles';
import { Form } from '@/ui/form';
import { useGo } from '@/ui/use-go';
import { useFieldErrorText } from './field-errors';
import { useFieldWords } from './field-words';
import type { FormOf } from './form-of';
import { ErrorSummary, FormProblem, loadLater } from './later';
import { useSaveKey } from './use-save-key';
import { useTypedEarly } from './use-typed-early';
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
  const { fields, words, state, submit, leaving, giveUp, problemText, notices } = form;
  const t = useTranslations('forms');
  const { label } = useFieldWords(words);
  const go = useGo();
  useWarmUp(loadLater);
  // Until the next page is there: a second press meanwhile has nothing to save.
  const saving = state.saving || leaving;
  const errorOf = useFieldErrorText(state.faults, fields, words);
  useShortcuts({ Escape: !state.dirty && (() => go(cancelHref)) });
  const save = () => {
    if (!saving) submit();
  };
  useSaveKey(save);
  const element = useTypedEarly(state);
  return (
    <Form ref={element} autoComplete="off" className="max-w-2xl space-y-5" onSubmit={save}>
      <Suspense>{notices}</Suspense>
      <Suspense>
        {(state.problem !== undefined || problemText) && (
          <FormProblem error={state.problem} text={problemText} ofForm />
        )}
        {state.tried && (
          <ErrorSummary fields={Object.keys(fields)} errorOf={errorOf} labelOf={label} />
        )}
      </Suspense>
      {children}
      <div className="sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-10 -mx-4 flex gap-3 border-t border-line bg-bg px-4 py-3 sm:static sm:mx-0 sm:border-0 sm:px-0">
        <Button type="submit" look="primary" busy={saving} className="max-sm:flex-1">
          {saving ? t('saving') : (saveLabel ?? t('save'))}
        </Button>
        <AppLink href={cancelHref} onFollow={giveUp} className={buttonStyles({ look: 'quiet' })}>
          {t('cancel')}
        </AppLink>
      </div>
    </Form>
  );
}

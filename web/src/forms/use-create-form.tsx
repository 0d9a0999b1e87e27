'use client';

import { useTranslations } from 'next-intl';
import type { BodyOf, Fields } from '@/api/field';
import { isProblemCode } from '@/api/problem';
import { useSession } from '@/session/session-provider';
import { DraftNotice } from './draft-notice';
import type { FormOf } from './form-of';
import { useDraft } from './use-draft';
import { useResourceForm, type FormOptions, type NameOf } from './use-resource-form';
import { bodyOf, emptyTexts, type Values } from './values';

interface CreateOptions<F extends Fields> extends FormOptions<F> {
  /** The page's path, under which a draft is kept. */
  place: string;
  /** What is filled in already, as it would be typed; also values that are no fields of the API. */
  start?: Values;
  /** `attempt` is the idempotency key: the same until it has been saved. */
  save: (body: BodyOf<F>, attempt: string) => Promise<unknown>;
}

/** The form of an object that is made. */
export function useCreateForm<F extends Fields>(options: CreateOptions<F>): FormOf<NameOf<F>> {
  const t = useTranslations('forms');
  const { fields, words, place } = options;
  const zone = useSession(({ me }) => me.tenant.time_zone);
  const start = { ...emptyTexts(fields, zone), ...options.start };
  const { form, problem, submit } = useResourceForm(options, {
    start,
    zone,
    creating: true,
    save: async (values) => {
      await options.save(bodyOf(fields, values, zone), draft.attempt);
      draft.forget();
    },
  });
  const draft = useDraft(place, form, start);
  return {
    fields,
    words,
    hookForm: form,
    submit,
    problem,
    problemText: isProblemCode(problem, 'idempotency_mismatch') ? t('alreadySaved') : undefined,
    notices: draft.restored && (
      <DraftNotice
        onDiscard={() => {
          draft.forget();
          form.reset();
        }}
      />
    ),
  };
}

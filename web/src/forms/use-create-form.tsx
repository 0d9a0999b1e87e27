'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent } from 'react';
import type { BodyOf, Fields } from '@/api/field';
import { isProblemCode } from '@/api/problem';
import { useSession } from '@/session/session-provider';
import type { FormOf } from './form-of';
import { differing } from './form-state';
import { DraftNotice, loadLater } from './later';
import { useDraft } from './use-draft';
import { useLeaving } from './use-leaving';
import { useRuledForm, type FormOptions, type NameOf } from './use-ruled-form';
import { emptyTexts, type Values } from './values';

interface CreateOptions<F extends Fields, Made> extends FormOptions<F> {
  /** The page's path, under which a draft is kept. */
  place: string;
  /** What is filled in already, as it would be typed; also values that are no fields of the API. */
  start?: Values;
  /** What the form is opened for, if anything: a draft about something else stays away. */
  about?: string;
  /** `attempt` is the idempotency key: the same for all tries to make one object. */
  save: (body: BodyOf<F>, attempt: string) => Promise<Made>;
  /** Leads to the next page. Not called where the person has gone elsewhere meanwhile. */
  done?: (made: Made) => void;
}

/** The form of an object that is made. */
export function useCreateForm<F extends Fields, Made>(
  options: CreateOptions<F, Made>,
): FormOf<NameOf<F>> {
  const t = useTranslations('forms');
  const { fields, words, place } = options;
  const zone = useSession(({ me }) => me.tenant.time_zone);
  const start = { ...emptyTexts(fields, zone), ...options.start };
  const { leaving, leave, stayed } = useLeaving();
  const { form, submit } = useRuledForm(options, {
    start,
    zone,
    creating: true,
    save: async (values) => {
      const { bodyOf } = await loadLater();
      const made = await options.save(bodyOf(fields, values, zone), draft.attempt);
      draft.forget();
      leave(() => options.done?.(made));
    },
    onFailure: () => draft.keep(),
  });
  const draft = useDraft({
    place,
    form,
    // All of it: nothing is anybody else's.
    typed: (values) => (differing(start, values).length > 0 ? { start, values } : undefined),
    about: options.about,
    layOver: ({ values }) => {
      form.fill({ ...start, ...values });
      return true;
    },
  });
  const startAnew = () => {
    draft.startAnew();
    form.fill(form.start);
  };
  const onStayed = useEffectEvent(startAnew);
  useEffect(() => {
    if (stayed > 0) onStayed();
  }, [stayed]);
  return {
    fields,
    words,
    state: form,
    submit,
    leaving,
    giveUp: draft.forget,
    problemText: isProblemCode(form.problem, 'idempotency_mismatch')
      ? t('alreadySaved')
      : undefined,
    notices: draft.restored && <DraftNotice discard={t('discardDraft')} onDiscard={startAnew} />,
  };
}

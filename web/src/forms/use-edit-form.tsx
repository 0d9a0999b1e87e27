'use client';

import { useState } from 'react';
import type { Answer } from '@/api/api';
import type { ChangesOf, Fields } from '@/api/field';
import { isProblemCode } from '@/api/problem';
import { useSession } from '@/session/session-provider';
import { DraftNotice } from './draft-notice';
import { EditConflict } from './edit-conflict';
import { mergeTheirs } from './merge-theirs';
import type { FormOf } from './form-of';
import { useDraft } from './use-draft';
import { useLeaving } from './use-leaving';
import { useResourceForm, type FormOptions, type NameOf } from './use-resource-form';
import { changesBetween, textsOf, type Values } from './values';

interface EditOptions<F extends Fields, T extends object> extends FormOptions<F> {
  /** The page's path, under which a draft is kept. */
  place: string;
  object: T;
  etag: string;
  /** Where the form has other values than the object's fields, or more. */
  textsOf?: (object: T) => Values;
  /** Asked for when someone else has saved first. */
  latest: () => Promise<Answer<T>>;
  /** Called where something has changed, with nothing but that. */
  save: (changes: ChangesOf<F>, etag: string) => Promise<unknown>;
  /** Leads to the next page when all is saved. Not called where the person has gone elsewhere meanwhile. */
  done: () => void;
}

interface Conflict {
  fields: string[];
  theirs: Values;
}

/** The form of an object that is there. Nothing of someone else's is overwritten unseen. */
export function useEditForm<F extends Fields, T extends object>(
  options: EditOptions<F, T>,
): FormOf<NameOf<F>> {
  const { fields, words, place } = options;
  const zone = useSession(({ me }) => me.tenant.time_zone);
  const valuesOf = (object: T) => ({
    ...textsOf(fields, object, zone),
    ...options.textsOf?.(object),
  });
  /** The version that the form's changes are based on. */
  const [base, setBase] = useState({ values: valuesOf(options.object), etag: options.etag });
  const [conflict, setConflict] = useState<Conflict>();

  const { leaving, leave } = useLeaving();
  const { form, problem, submit } = useResourceForm(options, {
    start: base.values,
    zone,
    creating: false,
    save: async (values) => {
      const changes = changesBetween(fields, base.values, values, zone);
      try {
        if (Object.keys(changes).length > 0) await options.save(changes, base.etag);
      } catch (error) {
        if (!isProblemCode(error, 'version_conflict')) throw error;
        await learnTheirs();
        return;
      }
      draft.forget();
      leave(options.done);
    },
  });
  const draft = useDraft(place, form, base.values);

  async function learnTheirs() {
    const latest = await options.latest();
    const theirs = valuesOf(latest.data);
    const { taken, collided } = mergeTheirs(base.values, form.getValues(), theirs);
    for (const name of taken) form.setValue(name, theirs[name] ?? '');
    setConflict({ fields: collided.filter((name) => name in fields), theirs });
    setBase({ values: theirs, etag: latest.etag ?? '' });
  }

  const takeTheirs = ({ theirs }: Conflict) => {
    form.reset(theirs);
    setConflict(undefined);
  };

  return {
    fields,
    words,
    hookForm: form,
    submit,
    leaving,
    problem,
    notices: (
      <>
        {draft.restored && (
          <DraftNotice
            onDiscard={() => {
              draft.startAnew();
              form.reset(base.values);
            }}
          />
        )}
        {conflict && (
          <EditConflict
            {...conflict}
            rules={fields}
            words={words}
            onKeep={submit}
            onTake={() => takeTheirs(conflict)}
          />
        )}
      </>
    ),
  };
}

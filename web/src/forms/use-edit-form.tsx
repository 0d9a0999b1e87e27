'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Answer } from '@/api/api';
import type { ChangesOf, Fields } from '@/api/field';
import { isProblemCode } from '@/api/problem';
import { useSession } from '@/session/session-provider';
import type { Typed } from './drafts';
import { mergeTheirs } from './merge-theirs';
import type { FormOf } from './form-of';
import { differing } from './form-state';
import { DraftNotice, EditConflict, loadLater } from './later';
import { useDraft } from './use-draft';
import { useLeaving } from './use-leaving';
import { useRuledForm, type FormOptions, type NameOf } from './use-ruled-form';
import { textsOf, type Values } from './values';

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
  /** What the person's changes were made on: a draft that comes back collides anew. */
  before: Values;
}

/** The form of an object that is there. Nothing of someone else's is overwritten unseen. */
export function useEditForm<F extends Fields, T extends object>(
  options: EditOptions<F, T>,
): FormOf<NameOf<F>> {
  const t = useTranslations('forms');
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
  const { form, submit } = useRuledForm(options, {
    start: base.values,
    zone,
    creating: false,
    save: async (values) => {
      const { changesBetween } = await loadLater();
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
    onFailure: () => draft.keep(),
  });
  const draft = useDraft({
    place,
    form,
    typed: (values) => changed(conflict?.before ?? base.values, values),
    layOver: (kept) => layOver({ ...base.values, ...kept.start }, kept.values),
  });

  /** The object may be another than it was when the draft was typed. */
  function layOver(before: Values, typed: Values) {
    const now = base.values;
    const mine = { ...now, ...typed };
    if (differing(now, mine).length === 0) return false;
    form.fill(mine);
    const collided = inFields(mergeTheirs(before, mine, now).collided);
    if (collided.length > 0) setConflict({ fields: collided, theirs: now, before });
    return true;
  }

  async function learnTheirs() {
    const latest = await options.latest();
    const theirs = valuesOf(latest.data);
    const { taken, collided } = mergeTheirs(base.values, form.now(), theirs);
    for (const name of taken) form.set(name, theirs[name] ?? '');
    setConflict({ fields: inFields(collided), theirs, before: conflict?.before ?? base.values });
    setBase({ values: theirs, etag: latest.etag ?? '' });
  }

  const inFields = (names: string[]) => names.filter((name) => name in fields);

  /** Drops what was typed. */
  const takeTheirs = () => {
    draft.startAnew();
    form.startFrom(base.values);
    setConflict(undefined);
  };

  return {
    fields,
    words,
    state: form,
    submit,
    leaving,
    giveUp: draft.forget,
    notices: (
      <>
        {draft.restored && !conflict && (
          <DraftNotice discard={t('dropChanges')} onDiscard={takeTheirs} />
        )}
        {conflict && (
          <EditConflict
            {...conflict}
            rules={fields}
            words={words}
            onKeep={submit}
            onTake={takeTheirs}
          />
        )}
      </>
    ),
  };
}

/** Only that: what was left alone is none of a draft's business, and may be somebody else's by then. */
function changed(start: Values, values: Values): Typed | undefined {
  const names = differing(start, values);
  if (names.length === 0) return undefined;
  const only = (all: Values) => Object.fromEntries(names.map((name) => [name, all[name] ?? '']));
  return { start: only(start), values: only(values) };
}

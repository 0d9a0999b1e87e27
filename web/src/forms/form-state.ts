'use client';

import { useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { faultsIn, focusFirst, type Faults } from './faults';
import type { Values } from './values';

interface State {
  /** What the form is compared with, and goes back to. */
  start: Values;
  values: Values;
  faults: Faults;
  /** What befell the whole form. */
  problem: unknown;
  /** Somebody has tried to save: from then on a field is checked as it changes. */
  tried: boolean;
  saving: boolean;
}

/**
 * What is typed into a form, and what is wrong with it. `values` are those of this render; `now` has those by now, for who
 * has waited for an answer. Of `start` the first one counts. A field's element has the id that `idOf` makes of its name.
 */
export function useFormState(
  start: Values,
  check: (values: Values) => Faults | Promise<Faults>,
  idOf = (name: string) => name,
) {
  const [store] = useState(() => createStore<State>()(() => untouched(start)));
  const state = useStore(store);

  const set = (name: string, value: string) => {
    store.setState(({ values }) => ({ values: { ...values, [name]: value } }));
    if (store.getState().tried) void checkAgain(name);
  };

  const checkAgain = async (name: string) => {
    const { [name]: fault } = await check(store.getState().values);
    store.setState(({ faults, tried }) => (tried ? { faults: { ...faults, [name]: fault } } : {}));
  };

  const blame = (found: Faults) => {
    store.setState(({ faults }) => ({ faults: { ...faults, ...found } }));
    focusFirst(Object.keys(found).map(idOf));
  };

  /** Saves what nothing is wrong with. What the API objects to stands beside its field; the first one has the focus. */
  const submit = async (save: (values: Values) => Promise<void>) => {
    const { values, saving } = store.getState();
    if (saving) return;
    store.setState({ saving: true });
    try {
      const found = await check(values);
      store.setState({ faults: {}, tried: true });
      if (Object.keys(found).length > 0) return blame(found);
      store.setState({ problem: undefined });
      await save(values);
    } catch (error) {
      const { faults, complete } = faultsIn(error, Object.keys(values));
      blame(faults);
      if (!complete) store.setState({ problem: error });
    } finally {
      store.setState({ saving: false });
    }
  };

  return {
    ...state,
    dirty: differing(state.start, state.values).length > 0,
    now: () => store.getState().values,
    set,
    /** Puts faults beside their fields, and the focus on the first of them. */
    blame,
    /** Other values, with nothing wrong yet. */
    fill: (values: Values) => store.setState({ values, faults: {}, tried: false }),
    /** Other values, as if the form had begun with them. */
    startFrom: (values: Values) =>
      store.setState({ start: values, values, faults: {}, tried: false }),
    /** Nothing is known to be wrong with these any more. */
    forgive: (names: string[]) =>
      store.setState(({ faults }) => ({
        faults: { ...faults, ...Object.fromEntries(names.map((name) => [name, undefined])) },
      })),
    submit,
  };
}

const untouched = (start: Values): State => ({
  start,
  values: start,
  faults: {},
  problem: undefined,
  tried: false,
  saving: false,
});

export type FormState = ReturnType<typeof useFormState>;

/** What the input of a field is told by its form. */
export const inputOf = ({ values, set }: Pick<FormState, 'values' | 'set'>, name: string) => ({
  name,
  value: values[name] ?? '',
  onChange: ({ target }: { target: { value: string } }) => set(name, target.value),
});

/** The names of what is typed differently in one than in the other. */
export function differing(before: Values, now: Values): string[] {
  return Object.keys(now).filter((name) => (now[name] ?? '') !== (before[name] ?? ''));
}

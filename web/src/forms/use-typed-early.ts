'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import type { FormState } from './form-state';

/** Takes over what was typed while the page was markup alone: React leaves it in the elements, and knows nothing of it. */
export function useTypedEarly({ values, set }: Pick<FormState, 'values' | 'set'>) {
  const form = useRef<HTMLFormElement>(null);
  const takeOver = useEffectEvent((elements: Iterable<Element>) => {
    for (const element of elements) {
      const typed = typedInto(element);
      if (typed && typed.name in values && typed.value !== values[typed.name]) {
        set(typed.name, typed.value);
      }
    }
  });
  useEffect(() => {
    if (form.current) takeOver(form.current.elements);
  }, []);
  return form;
}

function typedInto(element: Element) {
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement)
    return element;
  if (!(element instanceof HTMLInputElement)) return undefined;
  return element.type === 'radio' && !element.checked ? undefined : element;
}

import type { ReactNode } from 'react';
import type { FieldRule } from '@/api/field';
import type { FormState } from './form-state';

/** A form of a resource, as useCreateForm and useEditForm make it and ResourceForm and FormField show it. */
export interface FormOf<Name extends string> {
  fields: Readonly<Record<Name, FieldRule>>;
  /** The part of the messages where the resource's words are: fields, hints, choices, errors. */
  words: string;
  /** What is typed, and what is wrong with it. */
  state: FormState;
  submit: () => void;
  /** Saved, and on the way to the next page. */
  leaving: boolean;
  /** Told that the person leaves without saving: nothing that was typed is kept. */
  giveUp: () => void;
  /** What befell the whole form, where there are words of its own for that. */
  problemText?: string;
  /** Stands above the fields: a draft brought back, a change by someone else. */
  notices: ReactNode;
}

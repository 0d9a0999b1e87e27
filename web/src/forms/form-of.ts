import type { ReactNode } from 'react';
import { useWatch, type UseFormReturn } from 'react-hook-form';
import type { FieldRule } from '@/api/field';
import type { Values } from './values';

/** A form of a resource, as useCreateForm and useEditForm make it and ResourceForm and FormField show it. */
export interface FormOf<Name extends string> {
  fields: Readonly<Record<Name, FieldRule>>;
  /** The part of the messages where the resource's words are: fields, hints, choices, errors. */
  words: string;
  hookForm: UseFormReturn<Values>;
  submit: () => void;
  /** Saved, and on the way to the next page. */
  leaving: boolean;
  /** Told that the person leaves without saving: nothing that was typed is kept. */
  giveUp: () => void;
  /** What befell the whole form. */
  problem: unknown;
  problemText?: string;
  /** Stands above the fields: a draft brought back, a change by someone else. */
  notices: ReactNode;
}

/** What is typed into a field now. */
export function useTyped<Name extends string>(
  { hookForm }: FormOf<Name>,
  name: NoInfer<Name>,
): string {
  return useWatch({ control: hookForm.control, name }) ?? '';
}

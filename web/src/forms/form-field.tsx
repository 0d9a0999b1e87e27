'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps, ReactNode } from 'react';
import { Field } from '@/ui/field';
import { ChoiceChips, ChoiceList, SwitchField } from './choice-fields';
import { useFieldErrorText } from './field-errors';
import { useFieldWords } from './field-words';
import { Control, type ControlOfField } from './control';
import type { FormOf } from './form-of';
import { inputOf } from './form-state';

/** More choices than this are a list to open. */
const CHIPS = 4;

interface FormFieldProps<Name extends string> {
  form: FormOf<Name>;
  name: NoInfer<Name>;
  label?: string;
  hint?: string;
  /** Where the form asks for more than the API does. */
  required?: boolean;
  prefix?: string;
  suffix?: string;
  aside?: ReactNode;
  className?: string;
  /** The choices in another order than the API's, or fewer. */
  choices?: readonly string[];
  /** Attributes of the input, where the kind's own do not suit. */
  input?: ComponentProps<'input'>;
  /** Stands in place of the control of the field's kind. */
  children?: (control: ControlOfField) => ReactNode;
}

/** A field of a form by its name: label, control, hint and error, as the API's rules ask for. */
export function FormField<Name extends string>(props: FormFieldProps<Name>) {
  const { form, name, aside, className, children } = props;
  const { fields, words, state } = form;
  const t = useTranslations('forms');
  const own = useFieldWords(words);
  const error = useFieldErrorText(state.faults, fields, words)(name);
  const { label = own.label(name), hint = own.hint(name) } = props;
  const rule = fields[name];
  const required = props.required ?? (rule.required || (rule.minItems ?? 0) > 0);
  const choices = (props.choices ?? rule.choices ?? []).map((value) => ({
    value,
    label: own.choice(name, value),
  }));
  const value = state.values[name] ?? '';
  const onValue = (typed: string) => state.set(name, typed);

  if (!children) {
    const field = { id: name, label, help: hint, error, value, onValue };
    if (rule.kind === 'boolean') return <SwitchField {...field} />;
    if (rule.kind === 'texts' && rule.choices) return <ChoiceList {...field} choices={choices} />;
    if (rule.kind === 'choice' && !rule.nullable && choices.length <= CHIPS) {
      return <ChoiceChips {...field} choices={choices} />;
    }
  }
  return (
    <Field
      id={name}
      label={label}
      optional={required ? undefined : t('optional')}
      help={hint}
      error={error}
      aside={aside}
      className={className}
    >
      {(ids) => {
        const control: ControlOfField = { ...ids, ...inputOf(state, name) };
        if (children) return children(control);
        const { input, prefix, suffix } = props;
        const asked = { rule, choices, required, input, prefix, suffix };
        return <Control {...control} {...asked} />;
      }}
    </Field>
  );
}

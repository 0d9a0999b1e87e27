'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps, ReactNode } from 'react';
import { Field, type FieldIds } from '@/ui/field';
import { ChoiceChips, ChoiceList, SwitchField } from './choice-fields';
import { useFieldErrorText } from './field-errors';
import { useFieldWords } from './field-words';
import { Control, PhoneControl } from './control';
import type { FormOf } from './form-of';

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
  children?: (control: FieldIds & ReturnType<FormOf<Name>['hookForm']['register']>) => ReactNode;
}

/** A field of a form by its name: label, control, hint and error, as the API's rules ask for. */
export function FormField<Name extends string>(props: FormFieldProps<Name>) {
  const { form, name, aside, className, children } = props;
  const { fields, words, hookForm } = form;
  const t = useTranslations('forms');
  const own = useFieldWords(words);
  const error = useFieldErrorText(hookForm.formState.errors, fields, words)(name);
  const { label = own.label(name), hint = own.hint(name) } = props;
  const rule = fields[name];
  const required = props.required ?? (rule.required || (rule.minItems ?? 0) > 0);
  const choices = (props.choices ?? rule.choices ?? []).map((value) => ({
    value,
    label: own.choice(name, value),
  }));
  const field = { id: name, label, help: hint, error, registration: hookForm.register(name) };

  if (!children) {
    if (rule.kind === 'boolean') return <SwitchField {...field} control={hookForm.control} />;
    if (rule.kind === 'texts' && rule.choices) {
      return <ChoiceList {...field} choices={choices} control={hookForm.control} />;
    }
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
        const registered = { ...ids, ...field.registration };
        if (children) return children(registered);
        const { input, prefix, suffix } = props;
        const control = { ...registered, rule, choices, required, input, prefix, suffix };
        if (rule.kind !== 'phone') return <Control {...control} />;
        return <PhoneControl {...control} form={hookForm.control} />;
      }}
    </Field>
  );
}

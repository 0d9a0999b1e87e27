'use client';

import type { ComponentProps } from 'react';
import { useController, type Control, type UseFormRegisterReturn } from 'react-hook-form';
import { Choice, ChoiceGroup } from '@/ui/choice';
import { Switch } from '@/ui/switch';
import type { NamedChoice } from './control';
import type { Values } from './values';

interface Props {
  id: string;
  label: string;
  help?: string;
  error?: string;
  registration: UseFormRegisterReturn;
}

/** A few choices of which one holds. */
export function ChoiceChips({
  id,
  label,
  help,
  error,
  registration,
  choices,
}: Props & { choices: NamedChoice[] }) {
  return (
    <ChoiceGroup id={id} legend={label} help={help} error={error}>
      {choices.map((choice, index) => (
        <Choice
          key={choice.value}
          {...firstIsTheField(id, index)}
          {...choice}
          {...registration}
          aria-invalid={error ? true : undefined}
        />
      ))}
    </ChoiceGroup>
  );
}

/** Choices of which several may hold, kept as a line each. */
export function ChoiceList({
  id,
  label,
  help,
  error,
  choices,
  control,
}: Props & { choices: NamedChoice[]; control: Control<Values> }) {
  const { ref, value: lines, onChange } = useController({ control, name: id }).field;
  const chosen = lines ? lines.split('\n') : [];
  const toggle = (value: string) =>
    onChange(
      (chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]).join(
        '\n',
      ),
    );
  return (
    <ChoiceGroup id={id} legend={label} help={help} error={error}>
      {choices.map((choice, index) => (
        <Choice
          key={choice.value}
          {...firstIsTheField(id, index)}
          {...choice}
          type="checkbox"
          ref={index === 0 ? ref : undefined}
          checked={chosen.includes(choice.value)}
          aria-invalid={error ? true : undefined}
          onChange={() => toggle(choice.value)}
        />
      ))}
    </ChoiceGroup>
  );
}

export function SwitchField({
  id,
  label,
  help,
  error,
  control,
}: Props & { control: Control<Values> }) {
  const { ref, value, onChange } = useController({ control, name: id }).field;
  return (
    <Switch
      id={id}
      label={label}
      help={help}
      error={error}
      ref={ref}
      checked={value === 'true'}
      onChange={(checked) => onChange(String(checked))}
    />
  );
}

/** A link to the field leads to its first choice. */
function firstIsTheField(id: string, index: number): ComponentProps<'input'> {
  return index === 0 ? { id } : {};
}

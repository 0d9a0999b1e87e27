'use client';

import type { ComponentProps } from 'react';
import { Choice, ChoiceGroup } from '@/ui/choice';
import { Switch } from '@/ui/switch';
import type { NamedChoice } from './control';

interface Props {
  id: string;
  label: string;
  help?: string;
  error?: string;
  value: string;
  onValue: (value: string) => void;
}

/** A few choices of which one holds. */
export function ChoiceChips({
  id,
  label,
  help,
  error,
  value,
  onValue,
  choices,
}: Props & { choices: NamedChoice[] }) {
  return (
    <ChoiceGroup id={id} legend={label} help={help} error={error}>
      {choices.map((choice, index) => (
        <Choice
          key={choice.value}
          {...firstIsTheField(id, index)}
          {...choice}
          name={id}
          checked={value === choice.value}
          aria-invalid={error ? true : undefined}
          onChange={() => onValue(choice.value)}
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
  value: lines,
  onValue,
  choices,
}: Props & { choices: NamedChoice[] }) {
  const chosen = lines ? lines.split('\n') : [];
  const toggle = (value: string) =>
    onValue(
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
          checked={chosen.includes(choice.value)}
          aria-invalid={error ? true : undefined}
          onChange={() => toggle(choice.value)}
        />
      ))}
    </ChoiceGroup>
  );
}

export function SwitchField({ value, onValue, ...field }: Props) {
  return (
    <Switch
      {...field}
      checked={value === 'true'}
      onChange={(checked) => onValue(String(checked))}
    />
  );
}

/** A link to the field leads to its first choice. */
function firstIsTheField(id: string, index: number): ComponentProps<'input'> {
  return index === 0 ? { id } : {};
}

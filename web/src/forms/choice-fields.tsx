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

interface ChoiceProps extends Props {
  choices: NamedChoice[];
}

/** A few choices of which one holds. */
export function ChoiceChips({ value, onValue, ...field }: ChoiceProps) {
  return <Chips {...field} chosen={[value]} onChoose={onValue} input={{ name: field.id }} />;
}

/** Choices of which several may hold, kept as a line each. */
export function ChoiceList({ value, onValue, ...field }: ChoiceProps) {
  const chosen = value ? value.split('\n') : [];
  const toggle = (one: string) => {
    const others = chosen.filter((other) => other !== one);
    onValue((chosen.includes(one) ? others : [...chosen, one]).join('\n'));
  };
  return <Chips {...field} chosen={chosen} onChoose={toggle} input={{ type: 'checkbox' }} />;
}

interface ChipsProps extends Omit<ChoiceProps, 'value' | 'onValue'> {
  chosen: string[];
  onChoose: (value: string) => void;
  input: ComponentProps<'input'>;
}

function Chips({ id, label, error, choices, chosen, onChoose, input, help }: ChipsProps) {
  return (
    <ChoiceGroup id={id} legend={label} help={help} error={error}>
      {choices.map((choice, index) => (
        <Choice
          key={choice.value}
          // A link to the field leads to its first choice.
          id={index === 0 ? id : undefined}
          {...choice}
          {...input}
          checked={chosen.includes(choice.value)}
          aria-invalid={error ? true : undefined}
          onChange={() => onChoose(choice.value)}
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

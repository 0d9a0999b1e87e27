import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { describedBy, FieldError, FieldHelp } from './field';

interface ChoiceGroupProps {
  id: string;
  legend: ReactNode;
  help?: string;
  error?: string;
  children: ReactNode;
}

/** Chips of which one holds: real radio buttons, so that arrow keys and screen readers know them. */
export function ChoiceGroup({ id, legend, help, error, children }: ChoiceGroupProps) {
  return (
    <fieldset aria-describedby={describedBy(id, error, help)}>
      <legend className="mb-1.5 text-lg font-medium sm:text-base">{legend}</legend>
      <div className="grid grid-flow-col auto-cols-fr gap-1.5 sm:flex sm:gap-2">{children}</div>
      <FieldError id={`${id}-error`} message={error} />
      <FieldHelp id={`${id}-help`} text={help} />
    </fieldset>
  );
}

interface ChoiceProps extends ComponentProps<'input'> {
  label: string;
  compact?: boolean;
}

export function Choice({ label, compact = false, ...rest }: ChoiceProps) {
  return (
    <label
      className={clsx(
        'relative inline-flex items-center justify-center rounded-control border border-field bg-surface px-2 text-center text-base sm:px-3.5',
        'hover:bg-sunken has-checked:border-brand has-checked:bg-brand-soft has-checked:font-medium has-checked:text-on-brand-soft',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand has-aria-invalid:border-danger',
        compact ? 'h-11 sm:h-7' : 'h-11 sm:h-9',
      )}
    >
      <input
        type="radio"
        className="absolute inset-0 cursor-pointer appearance-none opacity-0"
        {...rest}
      />
      {label}
    </label>
  );
}

import { describedBy, FieldError } from './field';

interface SwitchProps {
  id: string;
  label: string;
  help?: string;
  error?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A checkbox that looks like what it does: on or off, at once. */
export function Switch({ id, label, help, error, checked, onChange }: SwitchProps) {
  return (
    <div className="flex items-start justify-between gap-4">
      <div>
        <label htmlFor={id} className="text-lg font-medium sm:text-base">
          {label}
        </label>
        {help && (
          <p id={`${id}-help`} className="text-base text-muted sm:text-sm">
            {help}
          </p>
        )}
        <FieldError id={`${id}-error`} message={error} />
      </div>
      <span className="relative inline-flex h-11 w-11 shrink-0 items-center sm:h-7">
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={checked}
          aria-describedby={describedBy(id, error, help)}
          aria-invalid={error ? true : undefined}
          className="peer absolute inset-0 cursor-pointer appearance-none rounded-full focus-visible:outline-none"
          onChange={(event) => onChange(event.target.checked)}
        />
        <span
          aria-hidden="true"
          className="pointer-events-none flex h-6 w-11 items-center rounded-full border border-field bg-sunken p-0.5 transition-colors duration-120 peer-checked:border-brand peer-checked:bg-brand peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-brand after:size-4 after:rounded-full after:bg-field after:transition-transform after:duration-120 peer-checked:after:translate-x-5 peer-checked:after:bg-on-brand"
        />
      </span>
    </div>
  );
}

import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export interface FieldIds {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

interface FieldProps {
  id: string;
  label: ReactNode;
  /** Says that the field may stay empty. Being required is the default and is not said. */
  optional?: string;
  help?: ReactNode;
  error?: string;
  /** Stands beside the label at the far end: a switch, a count. */
  aside?: ReactNode;
  className?: string;
  children: (ids: FieldIds) => ReactNode;
}

/** A label above, the control, then help and the error under it, tied together for screen readers. */
export function Field({
  id,
  label,
  optional,
  help,
  error,
  aside,
  className,
  children,
}: FieldProps) {
  return (
    <div className={className}>
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="text-lg font-medium sm:text-base">
          {label}
          {optional && <span className="font-normal text-muted"> ({optional})</span>}
        </label>
        {aside}
      </div>
      {children({
        id,
        'aria-describedby': describedBy(id, error, help),
        'aria-invalid': error ? true : undefined,
      })}
      <FieldError id={`${id}-error`} message={error} />
      <FieldHelp id={`${id}-help`} text={help} />
    </div>
  );
}

/** The ids of what is said below the control, where it is there. */
export function describedBy(id: string, error?: string, help?: ReactNode) {
  const ids = [error && `${id}-error`, help && `${id}-help`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export function FieldHelp({ id, text }: { id: string; text?: ReactNode }) {
  if (!text) return null;
  return (
    <p id={id} className="mt-1.5 text-base text-muted sm:text-sm">
      {text}
    </p>
  );
}

export function FieldError({ id, message }: { id: string; message?: string }) {
  if (!message) return null;
  return (
    <p id={id} className="mt-1.5 flex items-start gap-1.5 text-base text-danger sm:text-sm">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
      <span>{message}</span>
    </p>
  );
}

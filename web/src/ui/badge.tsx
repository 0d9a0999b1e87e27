import { clsx } from 'clsx';

const tones = {
  muted: 'bg-sunken text-muted',
  brand: 'bg-brand-soft text-on-brand-soft',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
};

/** State as dot, word and soft chip: never by colour alone. */
export function Badge({ tone = 'muted', label }: { tone?: keyof typeof tones; label: string }) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium',
        tones[tone],
      )}
    >
      <span aria-hidden="true" className="size-1.5 rounded-full bg-current" />
      {label}
    </span>
  );
}

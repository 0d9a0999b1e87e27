import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';

interface FilterChipProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  /** Something other than everything is chosen: the chip then says what. */
  active?: boolean;
  /** Says what is chosen in any case. */
  showsValue?: boolean;
  onChange: (value: Value) => void;
}

/** A native select that looks like a chip: the phone's own picker, and no code for the desktop's. */
export function FilterChip<Value extends string>({
  label,
  value,
  options,
  active = false,
  showsValue = false,
  onChange,
}: FilterChipProps<Value>) {
  const chosen = options.find((option) => option.value === value)?.label;
  const shown = active || showsValue ? chosen : undefined;
  return (
    <label
      className={clsx(
        'relative inline-flex h-11 items-center gap-1.5 rounded-control border px-3 text-base sm:h-9',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand',
        active
          ? 'border-brand bg-brand-soft font-medium text-on-brand-soft'
          : 'border-line bg-surface hover:bg-sunken',
      )}
    >
      <span className={shown ? 'sr-only' : undefined}>{label}</span>
      {shown && <span aria-hidden="true">{shown}</span>}
      <ChevronDown aria-hidden="true" className="size-4" strokeWidth={1.75} />
      <select
        value={value}
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={(event) => {
          const picked = options.find((option) => option.value === event.target.value);
          if (picked) onChange(picked.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-surface text-ink">
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

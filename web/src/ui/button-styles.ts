import { clsx } from 'clsx';

const BASE =
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors duration-120';

const LOOKS = {
  primary: 'bg-brand text-on-brand hover:bg-brand-hover disabled:bg-sunken disabled:text-muted',
  secondary:
    'border border-field/60 bg-surface text-ink hover:bg-sunken disabled:border-transparent disabled:text-muted',
  quiet: 'text-ink hover:bg-sunken disabled:text-muted',
  brand: 'text-brand hover:bg-brand-soft hover:text-on-brand-soft',
  danger: 'border border-danger/50 bg-surface text-danger hover:bg-danger-soft',
};

/** 44 px on phones, 36 px where a pointer is precise. */
const SIZES = {
  md: 'h-11 px-4 text-lg sm:h-9 sm:px-3.5 sm:text-base',
  lg: 'h-12 px-5 text-lg',
  icon: 'size-11 sm:size-9',
};

export interface ButtonStyle {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
  wide?: boolean;
  className?: string;
}

export function buttonStyles({
  look = 'secondary',
  size = 'md',
  wide,
  className,
}: ButtonStyle = {}) {
  return clsx(BASE, LOOKS[look], SIZES[size], wide && 'w-full', className);
}

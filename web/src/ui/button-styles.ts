import { cva } from 'class-variance-authority';

/** 44 px on phones, 36 px where a pointer is precise. */
export const buttonStyles = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors duration-120 disabled:cursor-default aria-disabled:cursor-default',
  {
    variants: {
      look: {
        primary:
          'bg-brand text-on-brand hover:bg-brand-hover disabled:bg-sunken disabled:text-muted',
        secondary:
          'border border-field/60 bg-surface text-ink hover:bg-sunken disabled:border-transparent disabled:text-muted',
        quiet: 'text-ink hover:bg-sunken disabled:text-muted',
        brand: 'text-brand hover:bg-brand-soft hover:text-on-brand-soft',
        danger: 'border border-danger/50 bg-surface text-danger hover:bg-danger-soft',
      },
      size: {
        md: 'h-11 px-4 text-lg sm:h-9 sm:px-3.5 sm:text-base',
        lg: 'h-12 px-5 text-lg',
        icon: 'size-11 sm:size-9',
      },
      wide: { true: 'w-full' },
    },
    defaultVariants: { look: 'secondary', size: 'md' },
  },
);

import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { inputStyles } from './input-styles';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={clsx(inputStyles, 'h-11 sm:h-10', className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={clsx(inputStyles, 'min-h-22 py-2', className)} {...rest} />;
}

export function NativeSelect({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={clsx(inputStyles, 'h-11 sm:h-10', className)} {...rest} />;
}

interface AffixProps extends ComponentProps<'input'> {
  prefix?: string;
  suffix?: string;
}

/** An input with fixed text before or behind it: +91, years, the base domain. */
export function AffixInput({ prefix, suffix, className, ...rest }: AffixProps) {
  return (
    <div
      className={clsx(
        'flex h-11 w-full items-stretch overflow-hidden rounded-control border border-field bg-surface text-lg sm:h-10',
        'has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-brand',
        'has-[input[aria-invalid]]:border-danger',
      )}
    >
      {prefix && <Affix className="border-r">{prefix}</Affix>}
      <input
        className={clsx(
          'min-w-0 flex-1 bg-transparent px-3 outline-none placeholder:text-muted',
          className,
        )}
        {...rest}
      />
      {suffix && <Affix className="border-l">{suffix}</Affix>}
    </div>
  );
}

function Affix({ children, className }: { children: string; className: string }) {
  return (
    <span
      className={clsx(
        'flex max-w-[55%] shrink-0 items-center truncate border-line bg-sunken px-3 text-muted',
        className,
      )}
    >
      {children}
    </span>
  );
}

import type { ComponentProps } from 'react';
import { buttonStyles, type ButtonStyle } from './button-styles';
import { Spinner } from './spinner';

interface ButtonProps extends ComponentProps<'button'>, ButtonStyle {
  /** Shows a spinner and swallows clicks; the words stay as given. */
  busy?: boolean;
}

export function Button({
  look,
  size,
  wide,
  busy = false,
  className,
  children,
  type = 'button',
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={buttonStyles({ look, size, wide, className })}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

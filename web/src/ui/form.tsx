import type { ComponentProps } from 'react';

/**
 * A form that only its page's script sends. Where somebody presses before that is there, a browser would send the form by
 * itself, and what was typed, a password too, would stand in the address and stay in the history. `dialog` is the method
 * that sends nothing (HTML, 4.10.22.3, form submission algorithm). The browser's own checks are off: the API's are the
 * same and better put.
 */
export function Form({ onSubmit, ...rest }: ComponentProps<'form'>) {
  return (
    <form
      {...rest}
      method="dialog"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit?.(event);
      }}
    />
  );
}

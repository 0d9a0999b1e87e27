'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { buttonStyles } from './button-styles';

interface DialogProps {
  title: string;
  text?: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that is mounted when it opens; on phones it is a sheet at the foot. Load it on demand. */
export function Dialog({ title, text, closeLabel, onClose, children }: DialogProps) {
  const [opener] = useState(() => document.activeElement);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/45%)]" />
        <Radix.Content
          className="rise-in fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] overflow-y-auto rounded-t-sheet bg-surface p-5 pb-[calc(1.25rem+env(safe-area-inset-bottom))] shadow-dialog sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:w-full sm:max-w-md sm:-translate-1/2 sm:rounded-card sm:p-6"
          onCloseAutoFocus={(event) => {
            // Radix knows its own triggers only.
            event.preventDefault();
            if (opener instanceof HTMLElement) opener.focus();
          }}
          {...(text ? {} : { 'aria-describedby': undefined })}
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="text-xl font-semibold">{title}</Radix.Title>
            <Radix.Close
              aria-label={closeLabel}
              className={buttonStyles({ look: 'quiet', size: 'icon', className: '-mt-2 -mr-2' })}
            >
              <X aria-hidden="true" className="size-5" strokeWidth={1.75} />
            </Radix.Close>
          </div>
          {text && (
            <Radix.Description className="mt-1 text-lg text-muted sm:text-base">
              {text}
            </Radix.Description>
          )}
          <div className="mt-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

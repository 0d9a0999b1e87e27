'use client';

import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { buttonStyles } from './button-styles';
import { dismissToast, type Toast } from './toast';

const SHOWN_MS = 8_000;

/** Someone is reading it, or about to press it. On a touch screen :hover is only where the last tap was. */
function isHeld(card: HTMLElement) {
  const pointed = window.matchMedia('(hover: hover)').matches && card.matches(':hover');
  return pointed || card.matches(':focus-within');
}

export function ToastCard({ toast, closeLabel }: { toast: Toast; closeLabel: string }) {
  const { id, action } = toast;
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!card.current || !isHeld(card.current)) dismissToast(id);
    }, SHOWN_MS);
    return () => clearInterval(timer);
  }, [id]);

  return (
    <div
      ref={card}
      className="rise-in pointer-events-auto flex w-full max-w-md items-center gap-2 rounded-card bg-ink py-1.5 pr-1.5 pl-4 text-lg text-bg shadow-menu sm:w-auto sm:text-base"
    >
      <p className="min-w-0 flex-1 py-1.5">{toast.text}</p>
      {action && (
        <button
          type="button"
          className="h-11 shrink-0 rounded-control px-3 font-semibold underline underline-offset-4 focus-visible:outline-bg sm:h-9"
          onClick={() => {
            dismissToast(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label={closeLabel}
        className={buttonStyles({
          size: 'icon',
          look: 'quiet',
          className: 'text-bg! hover:bg-transparent! focus-visible:outline-bg',
        })}
        onClick={() => dismissToast(id)}
      >
        <X aria-hidden="true" className="size-4" strokeWidth={1.75} />
      </button>
    </div>
  );
}

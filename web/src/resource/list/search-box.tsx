'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { warmUp } from '@/api/api';
import { useShortcuts } from '@/lib/use-shortcuts';
import { inputStyles } from '@/ui/input-styles';
import type { Words } from '../words';

const PAUSE_MS = 250;

interface SearchBoxProps {
  words: Words;
  /** What the URL says. */
  value: string;
  onSearch: (text: string) => void;
}

/** Types ahead of the URL, which follows when typing pauses. */
export function SearchBox({ words, value, onSearch }: SearchBoxProps) {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [typed, setTyped] = useState(value);
  const [shownValue, setShownValue] = useState(value);

  // The URL changed by other means: the back button, Clear filters.
  if (value !== shownValue) {
    setShownValue(value);
    if (value !== typed.trim()) setTyped(value);
  }

  useShortcuts({ '/': () => field.current?.focus() });
  useEffect(() => {
    if (window.location.hash === '#search') field.current?.focus();
    return () => clearTimeout(timer.current);
  }, []);

  const type = (text: string, pause = PAUSE_MS) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), pause);
  };

  /** Escape clears, then leaves; the arrow goes down to the rows. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (typed) type('', 0);
      else field.current?.blur();
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('tbody tr a')?.focus();
    }
  };

  return (
    <form
      role="search"
      className="relative min-w-0 flex-1 basis-0"
      onSubmit={(event) => {
        event.preventDefault();
        type(typed, 0);
      }}
    >
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-3 size-5 -translate-y-1/2 text-muted"
        strokeWidth={1.75}
      />
      <input
        ref={field}
        type="search"
        aria-label={words('searchLabel')}
        placeholder={words('searchPlaceholder')}
        value={typed}
        autoComplete="off"
        aria-keyshortcuts="/"
        spellCheck={false}
        enterKeyHint="search"
        className={`${inputStyles} h-11 pr-11 pl-10 [&::-webkit-search-cancel-button]:hidden`}
        onFocus={() => void warmUp()}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {typed ? (
        <button
          type="button"
          aria-label={words('clearSearch')}
          className="absolute inset-y-0 right-0 flex w-11 items-center justify-center rounded-control text-muted hover:text-ink"
          onClick={() => {
            type('', 0);
            field.current?.focus();
          }}
        >
          <X aria-hidden="true" className="size-5" strokeWidth={1.75} />
        </button>
      ) : (
        <kbd
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-3 hidden -translate-y-1/2 rounded-control border border-line px-1.5 text-xs text-muted sm:block"
        >
          /
        </kbd>
      )}
    </form>
  );
}

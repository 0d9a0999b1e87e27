'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { warmUp } from '@/api/api';
import { useShortcuts } from '@/lib/use-shortcuts';
import { inputStyles } from '@/ui/input-styles';
import type { Words } from '../words';
import { LONGEST_SEARCH } from './list';

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
  /** Searched for after the pause; without one it is what the URL says. */
  const [typed, setTyped] = useState<{ text: string; pause?: number }>({ text: value });
  const [shownValue, setShownValue] = useState(value);
  /** What the URL was told and has not said yet: it comes late, when more has been typed. */
  const [sent, setSent] = useState<string[]>([]);

  if (value !== shownValue) {
    setShownValue(value);
    const at = sent.lastIndexOf(value);
    setSent(at < 0 ? [] : sent.slice(at + 1));
    // The URL changed by other means: the back button, Clear filters.
    if (at < 0) setTyped({ text: value });
  }

  useShortcuts({ '/': () => field.current?.focus() });
  useEffect(() => {
    if (window.location.hash === '#search') field.current?.focus();
  }, []);

  const send = useEffectEvent((text: string) => {
    setSent([...sent, text]);
    onSearch(text);
  });
  useEffect(() => {
    const { text, pause } = typed;
    if (pause === undefined) return;
    const timer = setTimeout(() => send(text.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);

  const type = (text: string, pause = PAUSE_MS) => setTyped({ text, pause });

  /** Escape clears, then leaves; the arrow goes down to the rows. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (typed.text) type('', 0);
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
        type(typed.text, 0);
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
        value={typed.text}
        maxLength={LONGEST_SEARCH}
        autoComplete="off"
        aria-keyshortcuts="/"
        spellCheck={false}
        enterKeyHint="search"
        className={`${inputStyles} h-11 pr-11 pl-10 [&::-webkit-search-cancel-button]:hidden`}
        onFocus={() => void warmUp()}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {typed.text ? (
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

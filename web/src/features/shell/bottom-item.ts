export const bottomItem =
  'flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-muted aria-[current=page]:font-semibold aria-[current=page]:text-brand focus-visible:-outline-offset-2';

import type { ReactNode } from 'react';

interface EmptyStateProps {
  title: string;
  text?: string;
  /** h1 where the state is the whole page. */
  as?: 'h1' | 'h2';
  children?: ReactNode;
}

export function EmptyState({ title, text, as: Heading = 'h2', children }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-16 text-center">
      <Heading className="text-xl font-semibold text-balance">{title}</Heading>
      {text && <p className="mt-2 text-lg text-pretty text-muted sm:text-base">{text}</p>}
      {children && <div className="mt-6 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}

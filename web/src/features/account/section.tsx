import type { ReactNode } from 'react';

interface SectionProps {
  id: string;
  title: string;
  text?: string;
  children: ReactNode;
}

export function Section({ id, title, text, children }: SectionProps) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} tabIndex={-1} className="text-xl font-semibold outline-none">
        {title}
      </h2>
      {text && <p className="mt-1 text-lg text-muted sm:text-base">{text}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}

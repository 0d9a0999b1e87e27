import { ArrowLeft } from 'lucide-react';
import { AppLink } from '@/ui/app-link';

export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <AppLink
      href={href}
      className="mb-2 -ml-1 inline-flex min-h-11 max-w-full items-center gap-1.5 rounded-control px-1 text-lg text-muted hover:text-ink sm:min-h-8 sm:text-base print:hidden"
    >
      <ArrowLeft aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} />
      <span className="truncate">{label}</span>
    </AppLink>
  );
}

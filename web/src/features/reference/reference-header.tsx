import Link from 'next/link';
import { OtherLanguage } from '@/features/auth/other-language';
import { Mark } from '@/ui/mark';

export function ReferenceHeader() {
  return (
    <header className="border-t-[3px] border-brand">
      <div className="mx-auto flex h-16 max-w-[70rem] items-center justify-between gap-3 px-4 sm:px-6">
        {/* Another root layout: a whole document either way. */}
        <Link
          href="/"
          prefetch={false}
          className="inline-flex min-h-6 items-center gap-2 rounded-control text-brand"
        >
          <Mark />
          <span className="text-lg font-semibold text-ink">Terrace Clinic</span>
        </Link>
        <OtherLanguage />
      </div>
    </header>
  );
}

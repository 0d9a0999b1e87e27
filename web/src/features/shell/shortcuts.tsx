'use client';

import { usePathname, useRouter } from 'next/navigation';
import { lazy, Suspense, useState } from 'react';
import { useShortcuts } from '@/lib/use-shortcuts';

const ShortcutsSheet = lazy(async () => ({
  default: (await import('./shortcuts-sheet')).ShortcutsSheet,
}));

/** The keys of every page. Lists and forms have more of their own; shortcut-list.tsx names them all. */
export function Shortcuts({ canCreate }: { canCreate: boolean }) {
  const here = usePathname();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  useShortcuts({
    n: canCreate && (() => router.push('/patients/new')),
    // The list focuses its own search box.
    '/': here !== '/patients' && (() => router.push('/patients#search')),
    'g p': () => router.push('/patients'),
    'g a': () => router.push('/account'),
    '?': () => setOpen(true),
  });
  return (
    open && (
      <Suspense>
        <ShortcutsSheet onClose={() => setOpen(false)} />
      </Suspense>
    )
  );
}

'use client';

import { usePathname } from 'next/navigation';
import { lazy, Suspense, useState } from 'react';
import { useShortcuts } from '@/lib/use-shortcuts';
import { useGo } from '@/ui/use-go';

const ShortcutsSheet = lazy(async () => ({
  default: (await import('./shortcuts-sheet')).ShortcutsSheet,
}));

/** The keys of every page. Lists and forms have more of their own; shortcut-list.tsx names them all. */
export function Shortcuts({ canCreate }: { canCreate: boolean }) {
  const here = usePathname();
  const go = useGo();
  const [open, setOpen] = useState(false);
  useShortcuts({
    n: canCreate && (() => go('/patients/new')),
    // The list focuses its own search box.
    '/': here !== '/patients' && (() => go('/patients#search')),
    'g p': () => go('/patients'),
    'g a': () => go('/account'),
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

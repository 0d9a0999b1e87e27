'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useShortcut } from '@/lib/use-shortcut';

/** N opens a new patient and / the search, from every page. The list has a / of its own. */
export function Shortcuts({ canCreate }: { canCreate: boolean }) {
  const here = usePathname();
  const router = useRouter();
  useShortcut('n', () => canCreate && router.push('/patients/new'));
  useShortcut('/', () => here !== '/patients' && router.push('/patients#search'));
  return null;
}

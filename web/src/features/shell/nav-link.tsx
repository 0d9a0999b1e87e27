'use client';

import { usePathname } from 'next/navigation';
import type { ComponentProps } from 'react';
import { AppLink } from '@/ui/app-link';

interface NavLinkProps extends ComponentProps<typeof AppLink> {
  /** Is the current one on the pages below its own, too. */
  withPagesBelow?: boolean;
}

export function NavLink({ withPagesBelow = false, ...link }: NavLinkProps) {
  const here = usePathname();
  const current = here === link.href || (withPagesBelow && here.startsWith(`${link.href}/`));
  return <AppLink {...link} aria-current={current ? 'page' : undefined} />;
}

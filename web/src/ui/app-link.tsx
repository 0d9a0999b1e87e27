'use client';

import { useRouter } from 'next/navigation';
import type { ComponentProps, MouseEvent } from 'react';

interface AppLinkProps extends ComponentProps<'a'> {
  href: string;
  /** Told when the link is followed in this page. */
  onFollow?: () => void;
}

/**
 * A link inside the signed-in app. next/link does the same and fetches ahead, which these pages do not
 * want, for ten times the code.
 */
export function AppLink({ href, onFollow, children, ...rest }: AppLinkProps) {
  const router = useRouter();
  const follow = (event: MouseEvent) => {
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (elsewhere || event.button !== 0) return;
    event.preventDefault();
    // Without a connection there is no page to go to, and this one may hold what was typed.
    if (!navigator.onLine) return;
    onFollow?.();
    router.push(href);
  };
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  );
}

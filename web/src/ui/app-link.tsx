'use client';

import { useTransition, type ComponentProps, type MouseEvent } from 'react';
import { useGo } from './use-go';

interface AppLinkProps extends ComponentProps<'a'> {
  href: string;
  /** Told when the link is followed in this page. */
  onFollow?: () => void;
}

/**
 * A link inside the signed-in app, busy until its page is there. next/link leads on as well and fetches
 * ahead, which these pages do not want, for ten times the code.
 */
export function AppLink({ href, onFollow, children, ...rest }: AppLinkProps) {
  const go = useGo();
  const [going, start] = useTransition();
  const follow = (event: MouseEvent) => {
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (elsewhere || event.button !== 0) return;
    event.preventDefault();
    start(() => {
      if (go(href)) onFollow?.();
    });
  };
  return (
    <a href={href} aria-busy={going || undefined} onClick={follow} {...rest}>
      {children}
    </a>
  );
}

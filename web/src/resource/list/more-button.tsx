'use client';

import { Ellipsis } from 'lucide-react';
import { useState, type ComponentProps } from 'react';
import { Button } from '@/ui/button';
import type { ListMenuProps } from './list-menu';

export const loadMenu = () => import('./list-menu');
type ListMenu = Awaited<ReturnType<typeof loadMenu>>['ListMenu'];

/** Stands for the menu until it is wanted: its code is larger than the list's. */
export function MoreButton(props: Omit<ListMenuProps, 'trigger'>) {
  const [Menu, setMenu] = useState<ListMenu>();
  const label = props.words('more');
  if (Menu) return <Menu {...props} trigger={<Trigger label={label} />} />;
  return (
    <Trigger
      label={label}
      aria-haspopup="menu"
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      onClick={() => void loadMenu().then(({ ListMenu }) => setMenu(() => ListMenu))}
    />
  );
}

function Trigger({ label, ...button }: ComponentProps<'button'> & { label: string }) {
  return (
    <Button {...button} size="icon" aria-label={label} title={label}>
      <Ellipsis aria-hidden="true" className="size-5" strokeWidth={1.75} />
    </Button>
  );
}

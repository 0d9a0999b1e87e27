'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Menu, MenuItem } from '@/ui/menu';
import { useGo } from '@/ui/use-go';
import { SECTIONS, type Section } from './sections';

interface SectionsMenuProps {
  names: Section['name'][];
  trigger: ReactNode;
}

export function SectionsMenu({ names, trigger }: SectionsMenuProps) {
  const words = useTranslations();
  const go = useGo();
  return (
    <Menu defaultOpen side="top" align="end" trigger={trigger}>
      {SECTIONS.filter(({ name }) => names.includes(name)).map(({ name, icon: Icon }) => (
        <MenuItem key={name} onSelect={() => go(`/${name}`)}>
          <Icon aria-hidden="true" className="size-5 text-muted" strokeWidth={1.75} />
          {words(`${name}.title`)}
        </MenuItem>
      ))}
    </Menu>
  );
}

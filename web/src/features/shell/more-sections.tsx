'use client';

import { LayoutGrid } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type ComponentProps } from 'react';
import { bottomItem } from './bottom-item';
import type { Section } from './sections';

const load = () => import('./sections-menu');
type SectionsMenu = Awaited<ReturnType<typeof load>>['SectionsMenu'];

interface MoreSectionsProps {
  names: Section['name'][];
}

/** Stands for the menu of sections that have no place in the phone's bar, until it is wanted. */
export function MoreSections({ names }: MoreSectionsProps) {
  const [Menu, setMenu] = useState<SectionsMenu>();
  if (Menu) return <Menu names={names} trigger={<Trigger />} />;
  return (
    <Trigger
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => void load().then(({ SectionsMenu }) => setMenu(() => SectionsMenu))}
    />
  );
}

function Trigger(button: ComponentProps<'button'>) {
  const t = useTranslations('shell');
  return (
    <button type="button" {...button} className={bottomItem}>
      <LayoutGrid aria-hidden="true" className="size-5" strokeWidth={1.75} />
      {t('more')}
    </button>
  );
}

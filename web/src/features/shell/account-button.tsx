'use client';

import { useState } from 'react';
import { AccountTrigger, type AccountPlace } from './account-trigger';

const load = () => import('./account-menu');
type AccountMenu = Awaited<ReturnType<typeof load>>['AccountMenu'];

/** Stands for the menu until it is wanted: its code is larger than the page around it. */
export function AccountButton({ place }: { place: AccountPlace }) {
  const [Menu, setMenu] = useState<AccountMenu>();
  if (Menu) return <Menu place={place} />;
  return (
    <AccountTrigger
      place={place}
      aria-haspopup="menu"
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => void load().then(({ AccountMenu }) => setMenu(() => AccountMenu))}
    />
  );
}

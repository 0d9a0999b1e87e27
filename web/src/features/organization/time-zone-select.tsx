'use client';

import { useSyncExternalStore, type ComponentProps } from 'react';
import { NativeSelect } from '@/ui/input';

interface TimeZoneSelectProps extends ComponentProps<'select'> {
  value: string;
}

const NONE: readonly string[] = [];
const never = () => () => undefined;

let zones: readonly string[] | undefined;

/** Those that the browser knows; it still calls India's by the name of colonial days. */
function browserZones(): readonly string[] {
  zones ??= Intl.supportedValuesOf('timeZone').map((zone) =>
    zone === 'Asia/Calcutta' ? 'Asia/Kolkata' : zone,
  );
  return zones;
}

/** Server and browser know different lists: the browser's comes once the page is alive. */
export function TimeZoneSelect({ value, ...rest }: TimeZoneSelectProps) {
  const known = useSyncExternalStore(never, browserZones, () => NONE);
  const offered = [...new Set(['Asia/Kolkata', value, ...known])];
  return (
    <NativeSelect {...rest} value={value}>
      {offered.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </NativeSelect>
  );
}

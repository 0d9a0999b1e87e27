import { Users, type LucideIcon } from 'lucide-react';
import type { Messages } from 'next-intl';

/**
 * What the shell leads to, in order: `patients` has the page /patients, the title `patients.title` and the permission
 * `patients.read`. The first has a place of its own in the bar of phones, the others stand behind More.
 */
export const SECTIONS = [{ name: 'patients', icon: Users }] as const satisfies readonly {
  name: keyof Messages;
  icon: LucideIcon;
}[];

export type Section = (typeof SECTIONS)[number];

/** Those that somebody with these permissions may read. */
export function sectionsFor(permissions: readonly string[]): Section[] {
  return SECTIONS.filter(({ name }) => permissions.includes(`${name}.read`));
}

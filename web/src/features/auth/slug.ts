import { registerFields } from '@/api/fields/register';
import { matches } from '@/forms/pattern';

const LONGEST = 40;

/** The sub-domain that a clinic's name suggests; empty where the name has no Latin letter to start with. */
export function suggestedSlug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/['’.]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '');
}

/** What can be typed at all; the rest is said in words. */
export function typedSlug(text: string): string {
  return text.toLowerCase().replace(/\s+/g, '-');
}

export function looksLikeSlug(slug: string): boolean {
  return matches(registerFields.slug.pattern, slug);
}

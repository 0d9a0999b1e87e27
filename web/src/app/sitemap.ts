import type { MetadataRoute } from 'next';
import { SITE_ORIGIN } from '@/server/hosts';

export const dynamic = 'force-dynamic';

export default function sitemap(): MetadataRoute.Sitemap {
  return ['/', '/hi', '/sign-up', '/sign-in'].map((path) => ({ url: `${SITE_ORIGIN}${path}` }));
}

import type { MetadataRoute } from 'next';
import { SITE_ORIGIN } from '@/server/hosts';

export const dynamic = 'force-dynamic';

/** The landing page's languages stand here: a link to one needs the origin, and the page is static. */
const LANDING = { languages: { 'en-IN': `${SITE_ORIGIN}/`, 'hi-IN': `${SITE_ORIGIN}/hi` } };

export default function sitemap(): MetadataRoute.Sitemap {
  return [
    { url: `${SITE_ORIGIN}/`, alternates: LANDING },
    { url: `${SITE_ORIGIN}/hi`, alternates: LANDING },
    { url: `${SITE_ORIGIN}/sign-up` },
    { url: `${SITE_ORIGIN}/sign-in` },
  ];
}

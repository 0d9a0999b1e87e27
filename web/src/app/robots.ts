import type { MetadataRoute } from 'next';
import { SITE_ORIGIN } from '@/server/hosts';

/** Written at run time: a build does not know its address. */
export const dynamic = 'force-dynamic';

export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: '*', allow: ['/$', '/hi$', '/sign-up', '/sign-in'], disallow: '/' },
    sitemap: `${SITE_ORIGIN}/sitemap.xml`,
  };
}

import type { MetadataRoute } from 'next';
import { SITE_ORIGIN } from '@/server/hosts';

/** Written at run time: a build does not know its address. */
export const dynamic = 'force-dynamic';

const PAGES = ['/$', '/hi$', '/sign-up', '/sign-in'];
/** Without them a search engine sees no page and no picture of it. */
const THEIR_FILES = ['/_next/static/', '/icons/'];

export default function robots(): MetadataRoute.Robots {
  return {
    rules: { userAgent: '*', allow: [...PAGES, ...THEIR_FILES], disallow: '/' },
    sitemap: `${SITE_ORIGIN}/sitemap.xml`,
  };
}

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { localPath } from '@/lib/local-path';
import { ApiUnavailable, findMe } from '@/server/api';

interface Props {
  searchParams: Promise<{ next?: string | string[] }>;
}

/**
 * Where a page sends a person whose access token was refused although it had not run out. proxy.ts has
 * renewed the session by now; whether it holds is asked once more, so that two redirects never chase
 * each other.
 */
export default async function RenewPage({ searchParams }: Props) {
  const { next: asked } = await searchParams;
  const next = localPath(typeof asked === 'string' ? asked : undefined);
  if ((await headers()).get('x-session') === 'down') throw new ApiUnavailable('renew');
  redirect((await findMe()) ? next : `/sign-in?next=${encodeURIComponent(next)}&ended=1`);
}

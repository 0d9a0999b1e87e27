import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Enter } from '@/features/auth/enter';
import { localPath } from '@/lib/local-path';

interface Props {
  searchParams: Promise<{ code?: string | string[]; next?: string | string[] }>;
}

export const metadata: Metadata = { referrer: 'no-referrer' };

/** The end of the hand-off from the root host: the code is posted from here, by this host's own page. */
export default async function EnterPage({ searchParams }: Props) {
  const { code, next } = await searchParams;
  const t = await getTranslations('auth');
  return (
    <>
      <h1 className="text-2xl font-semibold">{t('enterTitle')}</h1>
      <Enter
        code={typeof code === 'string' ? code : ''}
        next={localPath(typeof next === 'string' ? next : undefined)}
      />
    </>
  );
}

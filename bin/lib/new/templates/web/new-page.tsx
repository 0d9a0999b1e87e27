import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { New$struct } from '@/features/$file_many/new-$file_one';
import { BackToList } from '@/resource/item/back-to-list';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('$plural'))('new') };
}

export default async function New${struct}Page() {
  const t = await getTranslations('$plural');
  return (
    <>
      <BackToList path="/$plural" label={t('title')} />
      <h1 className="mb-5 text-2xl font-semibold">{t('new')}</h1>
      <New$struct />
    </>
  );
}

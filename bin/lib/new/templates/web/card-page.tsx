import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ${struct}Card } from '@/features/$file_many/$file_one-card';
import { get$struct } from '@/features/$file_many/$file_one-server';
import { BackToList } from '@/resource/item/back-to-list';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { data } = await get$struct((await params).id);
  return { title: data.$title };
}

export default async function ${struct}Page({ params }: Props) {
  const t = await getTranslations('$plural');
  const { data } = await get$struct((await params).id);
  return (
    <>
      <BackToList path="/$plural" label={t('title')} />
      <${struct}Card $one={data} />
    </>
  );
}

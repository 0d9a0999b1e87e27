import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Edit$struct } from '@/features/$file_many/edit-$file_one';
import { get$struct } from '@/features/$file_many/$file_one-server';
import { BackLink } from '@/resource/item/back-link';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('$plural'))('editHeading') };
}

export default async function Edit${struct}Page({ params }: Props) {
  const t = await getTranslations('$plural');
  const { data, etag } = await get$struct((await params).id);
  return (
    <>
      <BackLink href={`/$plural/$${data.id}`} label={data.$title} />
      <h1 className="mb-5 text-2xl font-semibold">{t('editHeading')}</h1>
      <Edit$struct $one={data} etag={etag ?? ''} />
    </>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ${struct}List } from '@/features/$file_many/$file_one-list';
import { ${one}List } from '@/features/$file_many/$file_many';
import { ListHeading } from '@/resource/list/list-heading';
import { firstPage } from '@/resource/on-server';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('$plural'))('title') };
}

export default async function ${structs}Page({ searchParams }: Props) {
  return (
    <>
      <ListHeading name="$plural" />
      <${struct}List first={await firstPage(${one}List, searchParams)} />
    </>
  );
}

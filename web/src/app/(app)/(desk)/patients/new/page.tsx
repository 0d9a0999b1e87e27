import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NewPatient } from '@/features/patients/new-patient';
import { BackToList } from '@/resource/item/back-to-list';

interface Props {
  searchParams: Promise<{ search?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('patients'))('newTitle') };
}

export default async function NewPatientPage({ searchParams }: Props) {
  const t = await getTranslations('patients');
  const { search } = await searchParams;
  return (
    <>
      <BackToList path="/patients" label={t('title')} />
      <h1 className="mb-5 text-2xl font-semibold">{t('newTitle')}</h1>
      <NewPatient searched={typeof search === 'string' ? search : undefined} />
    </>
  );
}

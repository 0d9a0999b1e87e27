import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BackLink } from '@/features/patients/back-link';
import { NewPatient } from '@/features/patients/new-patient';

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
      <BackLink href="/patients" label={t('back')} />
      <h1 className="mb-5 text-2xl font-semibold">{t('newTitle')}</h1>
      <NewPatient searched={typeof search === 'string' ? search : undefined} />
    </>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PatientList } from '@/features/patients/patient-list';
import { patientList } from '@/features/patients/patients-list';
import { firstPage } from '@/resource/on-server';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('patients'))('title') };
}

export default async function PatientsPage({ searchParams }: Props) {
  const t = await getTranslations('patients');
  return (
    <>
      <h1 className="mb-4 text-2xl font-semibold">{t('title')}</h1>
      <PatientList first={await firstPage(patientList, searchParams)} />
    </>
  );
}

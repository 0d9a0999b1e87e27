import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { PatientPage } from '@/api/types';
import { listSearchParams, parseListQuery } from '@/features/patients/list-query';
import { PatientList } from '@/features/patients/patient-list';
import type { FirstPage } from '@/features/patients/use-patient-list';
import { apiGet } from '@/server/api';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('patients'))('title') };
}

export default async function PatientsPage({ searchParams }: Props) {
  const t = await getTranslations('patients');
  const asked = await searchParams;
  const search = listSearchParams(
    parseListQuery({ get: (name) => [asked[name]].flat()[0] ?? null }),
  );
  const first = await firstPage(search);
  return (
    <>
      <h1 className="mb-4 text-2xl font-semibold">{t('title')}</h1>
      <PatientList first={first} />
    </>
  );
}

async function firstPage(search: string): Promise<FirstPage> {
  const { data } = await apiGet<PatientPage>(`/patients${search && `?${search}`}`);
  return { search, page: data, at: Date.now() };
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PatientCard } from '@/features/patients/patient-card';
import { getHousehold, getPatient } from '@/features/patients/patient-server';
import { BackToList } from '@/resource/item/back-to-list';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { data } = await getPatient((await params).id);
  return { title: data.name };
}

export default async function PatientPage({ params }: Props) {
  const t = await getTranslations('patients');
  const { data: patient } = await getPatient((await params).id);
  const household = await getHousehold(patient);
  return (
    <>
      <BackToList path="/patients" label={t('title')} />
      <PatientCard patient={patient} household={household} />
    </>
  );
}

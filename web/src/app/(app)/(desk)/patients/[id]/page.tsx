import type { Metadata } from 'next';
import { BackToList } from '@/features/patients/back-to-list';
import { PatientCard } from '@/features/patients/patient-card';
import { getHousehold, getPatient } from '@/features/patients/patient-server';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { data } = await getPatient((await params).id);
  return { title: data.name };
}

export default async function PatientPage({ params }: Props) {
  const { data: patient } = await getPatient((await params).id);
  const household = await getHousehold(patient);
  return (
    <>
      <BackToList />
      <PatientCard patient={patient} household={household} />
    </>
  );
}

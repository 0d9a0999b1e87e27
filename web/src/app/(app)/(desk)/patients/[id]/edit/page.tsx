import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EditPatient } from '@/features/patients/edit-patient';
import { getPatient } from '@/features/patients/patient-server';
import { BackLink } from '@/resource/item/back-link';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('patients');
  const { data } = await getPatient((await params).id);
  return { title: t('editTitle', { name: data.name }) };
}

export default async function EditPatientPage({ params }: Props) {
  const t = await getTranslations('patients');
  const { data: patient, etag } = await getPatient((await params).id);
  return (
    <>
      <BackLink href={`/patients/${patient.id}`} label={patient.name} />
      <h1 className="mb-5 text-2xl font-semibold">{t('editHeading')}</h1>
      <EditPatient patient={patient} etag={etag ?? ''} />
    </>
  );
}

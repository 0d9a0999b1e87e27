import 'server-only';
import { cache } from 'react';
import type { Patient, PatientPage } from '@/api/types';
import { nationalDigits } from '@/lib/phone';
import { apiGet } from '@/server/api';

/** A page and its metadata share one call. */
export const getPatient = cache((id: string) =>
  apiGet<Patient>(`/patients/${encodeURIComponent(id)}`),
);

/** The others who are reached on the same phone: mostly one family. */
export async function getHousehold(patient: Patient): Promise<Patient[]> {
  if (!patient.phone) return [];
  const digits = nationalDigits(patient.phone) ?? patient.phone;
  const { data } = await apiGet<PatientPage>(`/patients?search=${encodeURIComponent(digits)}`);
  return data.results.filter(({ id, phone }) => id !== patient.id && phone === patient.phone);
}

import 'server-only';
import type { Patient, PatientPage } from '@/api/types';
import { nationalDigits } from '@/lib/phone';
import { reading } from '@/resource/on-server';
import { apiGet } from '@/server/api';
import { patients } from './patients';

export const getPatient = reading(patients);

/** The others who are reached on the same phone: mostly one family. */
export async function getHousehold(patient: Patient): Promise<Patient[]> {
  if (!patient.phone) return [];
  const digits = nationalDigits(patient.phone) ?? patient.phone;
  const { data } = await apiGet<PatientPage>(`/patients?search=${encodeURIComponent(digits)}`);
  return data.results.filter(({ id, phone }) => id !== patient.id && phone === patient.phone);
}

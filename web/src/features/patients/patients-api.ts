import { api } from '@/api/api';
import type { Patient, PatientCreate, PatientList, PatientPage, PatientUpdate } from '@/api/types';

const one = (id: string) => `/patients/${encodeURIComponent(id)}`;

export const patientsApi = {
  list: (search: string, signal: AbortSignal) =>
    api.get<PatientPage>(`/patients${search && `?${search}`}`, { signal }),
  duplicates: (query: { name: string; phone: string }, signal: AbortSignal) =>
    api.get<PatientList>('/patients/duplicates', {
      query: { name: query.name || undefined, phone: query.phone || undefined },
      signal,
    }),
  read: (id: string) => api.read<Patient>(one(id)),
  create: (body: PatientCreate, idempotencyKey: string) =>
    api.post<Patient>('/patients', body, { idempotencyKey }),
  update: (id: string, body: PatientUpdate, ifMatch: string) =>
    api.patch<Patient>(one(id), body, { ifMatch }),
  archive: (id: string) => api.delete(one(id)),
  restore: (id: string) => api.post<Patient>(`${one(id)}/restore`, {}),
};

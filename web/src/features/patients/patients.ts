import type { Sex } from '@/api/types';
import { listOf } from '@/resource/list/list';
import { resource } from '@/resource/resource';

export const SEXES = ['female', 'male', 'other', 'unknown'] as const satisfies readonly Sex[];

export const patients = resource('/patients');

export const patientList = listOf(patients, {
  filters: { sex: SEXES, archived: ['true'] },
  searches: true,
  orderings: ['created_at', 'name', 'number'],
  ordering: '-created_at',
});

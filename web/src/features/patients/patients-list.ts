import { listOf } from '@/resource/list/list';
import { patients, SEXES } from './patients';

export const patientList = listOf(patients, {
  filters: { sex: SEXES, archived: ['true'] },
  searches: true,
  orderings: ['created_at', 'name', 'number'],
  ordering: '-created_at',
});

import type { PhoneRelation } from '@/api/types';

export const RELATION_LABELS = {
  self: 'relationSelf',
  parent: 'relationParent',
  spouse: 'relationSpouse',
  child: 'relationChild',
  guardian: 'relationGuardian',
  other: 'relationOther',
} as const satisfies Record<PhoneRelation, string>;

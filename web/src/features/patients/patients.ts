import type { Sex } from '@/api/types';
import { resource } from '@/resource/resource';

export const SEXES = ['female', 'male', 'other', 'unknown'] as const satisfies readonly Sex[];

export const patients = resource('/patients');

'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/api/api';
import type { PatientList } from '@/api/types';
import { e164 } from '@/lib/phone';
import { useDebounced } from '@/lib/use-debounced';
import { keys } from '@/resource/data/cache';
import { patients } from './patients';

const PAUSE_MS = 400;
const SHORTEST_NAME = 3;

/** Patients that the one being typed may already be. A failure is silent: nothing depends on it. */
export function useDuplicates(typed: { name: string; phone: string }) {
  const name = useDebounced(typed.name.trim(), PAUSE_MS);
  const phone = useDebounced(e164(typed.phone) ?? '', PAUSE_MS);
  const query = {
    name: name.length >= SHORTEST_NAME ? name : undefined,
    phone: phone || undefined,
  };
  const enabled = Boolean(query.name ?? query.phone);
  const { data } = useQuery({
    queryKey: [...keys.lists(patients), 'duplicates', query],
    queryFn: ({ signal }) => api.get<PatientList>('/patients/duplicates', { query, signal }),
    enabled,
    retry: false,
    // The list stays, as open or shut as it is, while the next letter is asked for.
    placeholderData: keepPreviousData,
  });
  return (enabled && data?.results) || [];
}

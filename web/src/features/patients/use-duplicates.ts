'use client';

import { useQuery } from '@tanstack/react-query';
import { nationalDigits } from '@/lib/phone';
import { useDebounced } from '@/lib/use-debounced';
import { PATIENTS } from './list-key';
import { patientsApi } from './patients-api';

const PAUSE_MS = 400;
const SHORTEST_NAME = 3;

/** Patients that the one being typed may already be. A failure is silent: nothing depends on it. */
export function useDuplicates(typed: { name: string; phone: string }) {
  const name = useDebounced(typed.name.trim(), PAUSE_MS);
  const phone = useDebounced(nationalDigits(typed.phone) ?? '', PAUSE_MS);
  const query = { name: name.length >= SHORTEST_NAME ? name : '', phone };
  const { data } = useQuery({
    queryKey: [PATIENTS, 'duplicates', query],
    queryFn: ({ signal }) => patientsApi.duplicates(query, signal),
    enabled: query.name !== '' || query.phone !== '',
    retry: false,
  });
  return data?.results ?? [];
}

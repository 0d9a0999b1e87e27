'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isProblemCode } from '@/api/problem';
import type { Domain } from '@/api/types';
import { DOMAINS, organizationApi } from './organization-api';

const EVERY_MS = 15_000;
/** Five minutes of looking; a record that takes longer is looked for by the button. */
const MOST = 20;

interface Look {
  domain?: Domain;
  /** What stands there instead. */
  found: readonly string[];
  unreachable: boolean;
}

/**
 * Looks for the record of a domain that is not proved yet: now and then while the page is in sight, and when asked.
 * That it is not there yet is an answer and no failure.
 */
export function useDomainCheck(domain: Domain) {
  const queryClient = useQueryClient();
  const pending = domain.state === 'pending';
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['organization', 'domain-check', domain.id],
    queryFn: async ({ signal }): Promise<Look> => {
      try {
        const found = await organizationApi.verifyDomain(domain.id, signal);
        return { domain: found, found: [], unreachable: false };
      } catch (failure) {
        if (isProblemCode(failure, 'domain_not_verified')) {
          return { found: failure.problem.found, unreachable: false };
        }
        if (isProblemCode(failure, 'dns_unavailable')) return { found: [], unreachable: true };
        throw failure;
      }
    },
    enabled: pending,
    staleTime: EVERY_MS,
    gcTime: 0,
    refetchInterval: ({ state }) =>
      pending && !state.error && state.dataUpdateCount < MOST ? EVERY_MS : false,
  });
  const verified = data?.domain !== undefined;
  useEffect(() => {
    if (pending && verified) void queryClient.invalidateQueries({ queryKey: DOMAINS });
  }, [pending, verified, queryClient]);
  return { look: data, error, looking: isFetching, lookNow: () => void refetch() };
}

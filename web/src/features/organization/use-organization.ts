'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { isProblemCode } from '@/api/problem';
import type { Organization, OrganizationUpdate } from '@/api/types';
import { useSession } from '@/session/session-provider';
import { ORGANIZATION, organizationApi } from './organization-api';

/** The organisation as it came with the page, then as it was saved last. */
export function useOrganization(initial: Organization) {
  const { data = initial } = useQuery({
    queryKey: ORGANIZATION,
    queryFn: ({ signal }) => organizationApi.read(signal),
    initialData: initial,
  });
  return data;
}

/** Saves over the version that is shown, and lets everything that names the organisation follow. */
export function useSaveOrganization(shown: Organization) {
  const queryClient = useQueryClient();
  const router = useRouter();
  const { me, setMe } = useSession((session) => session);
  /** Somebody else was faster: what they saved is shown, and the next try is over that. */
  const readAnew = async (error: unknown): Promise<never> => {
    if (isProblemCode(error, 'version_conflict'))
      await queryClient.invalidateQueries({ queryKey: ORGANIZATION, exact: true });
    throw error;
  };
  return async (change: OrganizationUpdate) => {
    const saved = await organizationApi.update(change, shown.version).catch(readAnew);
    queryClient.setQueryData<Organization>(ORGANIZATION, saved);
    const { name, slug, time_zone } = saved;
    setMe({ ...me, tenant: { ...me.tenant, name, slug, time_zone } });
    router.refresh();
    return saved;
  };
}

import { api } from '@/api/api';
import type {
  Domain,
  DomainList,
  Organization,
  OrganizationDeletion,
  OrganizationUpdate,
} from '@/api/types';

export const ORGANIZATION = ['organization'] as const;
export const DOMAINS = ['organization', 'domains'] as const;

const domainPath = (id: string) => `/organization/domains/${encodeURIComponent(id)}`;

export const organizationApi = {
  read: (signal: AbortSignal) => api.get<Organization>('/organization', { signal }),
  /** `version` is that of what the person saw. */
  update: (change: OrganizationUpdate, version: number) =>
    api.patch<Organization>('/organization', change, { ifMatch: `"${version}"` }),
  delete: (slug: string, password: string) =>
    api.post<OrganizationDeletion>('/organization/delete', { slug, password }),
  domains: (signal: AbortSignal) => api.get<DomainList>('/organization/domains', { signal }),
  addDomain: (domain: string) => api.post<Domain>('/organization/domains', { domain }),
  verifyDomain: (id: string, signal?: AbortSignal) =>
    api.post<Domain>(`${domainPath(id)}/verify`, {}, { signal }),
  removeDomain: (id: string) => api.delete(domainPath(id)),
};

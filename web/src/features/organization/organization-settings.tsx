'use client';

import type { DomainList, Organization } from '@/api/types';
import { useSession } from '@/session/session-provider';
import { Address } from './address';
import { DeleteOrganization } from './delete-organization';
import { Domains } from './domains';
import { General } from './general';
import { Logo } from './logo';
import { useOrganization } from './use-organization';

interface OrganizationSettingsProps {
  organization: Organization;
  domains: DomainList;
  /** The domain that clinics' addresses end with; none where one host serves all. */
  baseHost: string | null;
}

export function OrganizationSettings(props: OrganizationSettingsProps) {
  const { domains, baseHost } = props;
  const organization = useOrganization(props.organization);
  const isOwner = useSession(({ me }) => me.role.slug === 'owner');
  return (
    <div className="max-w-2xl space-y-10">
      <General organization={organization} />
      <Logo organization={organization} />
      {/* Where one host serves all there is no address to choose and no host to add. */}
      {baseHost && <Address organization={organization} baseHost={baseHost} />}
      {baseHost && <Domains initial={domains} origin={organization.origin} />}
      {isOwner && <DeleteOrganization organization={organization} />}
    </div>
  );
}

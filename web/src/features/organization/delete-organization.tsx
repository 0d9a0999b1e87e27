'use client';

import { useTranslations } from 'next-intl';
import { lazy, Suspense, useState } from 'react';
import type { Organization } from '@/api/types';
import { Section } from '@/features/account/section';
import { Button } from '@/ui/button';

const load = () => import('./delete-dialog');
const DeleteDialog = lazy(async () => ({ default: (await load()).DeleteDialog }));

/** The owner's alone. */
export function DeleteOrganization({ organization }: { organization: Organization }) {
  const t = useTranslations('organization');
  const [asking, setAsking] = useState(false);
  return (
    <Section id="delete" title={t('delete')} text={t('deleteText')}>
      <Button look="danger" onPointerEnter={() => void load()} onClick={() => setAsking(true)}>
        {t('deleteNamed', { name: organization.name })}
      </Button>
      {asking && (
        <Suspense>
          <DeleteDialog organization={organization} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </Section>
  );
}

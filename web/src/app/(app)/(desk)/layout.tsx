import type { ReactNode } from 'react';
import { Shell } from '@/features/shell/shell';
import { requestNonce } from '@/lib/request-nonce';
import { getMe } from '@/server/api';
import { AppProviders } from '@/session/app-providers';
import { Going } from '@/ui/use-go';
import { manifest } from '../../base-metadata';

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const me = await getMe();
  return (
    <>
      <link rel="manifest" href={manifest} crossOrigin="use-credentials" />
      <AppProviders me={me} nonce={await requestNonce()}>
        <Going>
          <Shell me={me}>{children}</Shell>
        </Going>
      </AppProviders>
    </>
  );
}

'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { useState, type ReactNode } from 'react';
import { ProblemError } from '@/api/problem';
import type { Me } from '@/api/types';
import { SessionProvider } from './session-provider';

interface AppProvidersProps {
  me: Me;
  nonce?: string;
  children: ReactNode;
}

export function AppProviders({ me, nonce, children }: AppProvidersProps) {
  const [queryClient] = useState(newQueryClient);
  // Radix adds a style element while a dialog holds the scroll; the policy wants its nonce.
  useState(() => nonce && typeof window !== 'undefined' && setNonce(nonce));
  return (
    <QueryClientProvider client={queryClient}>
      <SessionProvider me={me}>{children}</SessionProvider>
    </QueryClientProvider>
  );
}

function newQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Offline is an answer too: what cannot be asked or saved says so, and never waits to be sent unseen.
        networkMode: 'always',
        // Rows that came with the page are fresh enough not to be asked for again at once.
        staleTime: 10_000,
        // An answer stands; only a call that never arrived is worth another try.
        retry: (failures, error) =>
          failures < 2 && error instanceof ProblemError && error.status === 0,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

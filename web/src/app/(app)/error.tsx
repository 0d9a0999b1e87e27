'use client';

import { lazy, Suspense } from 'react';

const PageError = lazy(async () => ({
  default: (await import('@/features/shell/page-error')).PageError,
}));

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <Suspense>
      <PageError error={error} />
    </Suspense>
  );
}

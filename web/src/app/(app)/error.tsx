'use client';

import { PageError, type PageErrorProps } from '@/features/shell/page-error';

/** When not even who is signed in can be told: nothing of the shell stands around it. */
export default function AppError({ error }: PageErrorProps) {
  return (
    <main>
      <PageError error={error} />
    </main>
  );
}

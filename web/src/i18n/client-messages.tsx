import { NextIntlClientProvider, type Messages } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';

interface ClientMessagesProps {
  /** The parts that components in the browser use: only these are sent. */
  parts: (keyof Messages)[];
  children: ReactNode;
}

export async function ClientMessages({ parts, children }: ClientMessagesProps) {
  const all = await getMessages();
  const sent = Object.fromEntries(parts.map((part) => [part, all[part]]));
  return <NextIntlClientProvider messages={sent}>{children}</NextIntlClientProvider>;
}

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import type { Me, Patient } from '@/api/types';
import { SessionProvider } from '@/session/session-provider';
import { Toaster } from '@/ui/toaster';
import en from '../../messages/en.json';
import hi from '../../messages/hi.json';

export const me: Me = {
  user: { id: 'user-1', email: 'meena@asha.example', full_name: 'Meena Rao', locale: 'en' },
  tenant: {
    id: 'tenant-1',
    slug: 'asha',
    name: 'Asha Clinic',
    time_zone: 'Asia/Kolkata',
    origin: 'http://asha.localhost:8000',
  },
  role: { slug: 'receptionist', name: 'Receptionist' },
  permissions: ['patients.read', 'patients.create', 'patients.update', 'patients.archive'],
  tenants: [],
};

export function aPatient(changed: Partial<Patient> = {}): Patient {
  return {
    id: 'patient-1',
    number: 7,
    version: 1,
    created_at: '2026-11-20T05:00:00Z',
    updated_at: '2026-11-20T05:00:00Z',
    archived_at: null,
    household_id: null,
    name: 'Asha Rao',
    sex: 'female',
    age: 34,
    date_of_birth: null,
    dob_precision: 'estimated',
    phone: '+919845012345',
    phone_relation: null,
    guardian_name: null,
    email: null,
    address: null,
    city: 'Pune',
    pincode: null,
    ...changed,
  };
}

interface AppOptions {
  as?: Me;
  language?: 'en' | 'hi';
  /** Messages of what the app does not have. */
  words?: Record<string, object>;
}

/** Renders as the signed-in part of the app does. */
export function renderApp(ui: ReactNode, options?: AppOptions) {
  const { App, ...rest } = newApp(options);
  return { ...rest, ...render(ui, { wrapper: App }) };
}

/** The same, come from the server as markup: something is done to that before it is alive. */
export function hydrateApp(ui: ReactNode, early: () => void, options?: AppOptions) {
  const { App, ...rest } = newApp(options);
  const container = document.body.appendChild(document.createElement('div'));
  container.innerHTML = renderToString(<App>{ui}</App>);
  early();
  return { ...rest, ...render(ui, { wrapper: App, container, hydrate: true }) };
}

function newApp({ as = me, language = 'en', words }: AppOptions = {}) {
  const messages = { ...(language === 'en' ? en : hi), ...words };
  // As the app's, but for second tries: a test means the first.
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 10_000, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
  const user = userEvent.setup();
  const App = ({ children }: { children: ReactNode }) => (
    <NextIntlClientProvider locale={`${language}-IN`} messages={messages} timeZone="Asia/Kolkata">
      <QueryClientProvider client={queryClient}>
        <SessionProvider me={as}>
          {children}
          <Toaster label="Notifications" closeLabel="Close" />
        </SessionProvider>
      </QueryClientProvider>
    </NextIntlClientProvider>
  );
  return { user, queryClient, App };
}

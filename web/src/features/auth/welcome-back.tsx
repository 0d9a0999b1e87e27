'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '@/api/api';
import type { Me } from '@/api/types';
import { FormProblem } from '@/forms/form-problem';
import { Button } from '@/ui/button';
import { goTo } from './go-to-clinic';

/** At the root host, signed in already: the way to each of the person's clinics. */
export function WelcomeBack({ me }: { me: Me }) {
  const t = useTranslations('auth');
  const [problem, setProblem] = useState<unknown>();

  async function changeAccount() {
    try {
      await api.post('/auth/logout', {});
      goTo('/sign-in');
    } catch (error) {
      setProblem(error);
    }
  }

  return (
    <>
      <h1 className="text-2xl font-semibold">{t('welcomeBack', { name: me.user.full_name })}</h1>
      <p className="mt-1 mb-6 text-lg text-muted sm:text-base">{t('openClinic')}</p>
      <FormProblem error={problem} />
      <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {me.tenants.map(({ slug, name, origin }) => (
          <li key={slug}>
            <a
              href={`${origin}/api/v1/auth/enter?next=/patients`}
              className="flex min-h-14 items-center gap-3 px-4 text-lg hover:bg-sunken focus-visible:-outline-offset-2"
            >
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{name}</span>
                <span className="block text-sm text-muted">{new URL(origin).host}</span>
              </span>
              <ChevronRight aria-hidden="true" className="size-5 text-muted" strokeWidth={1.75} />
            </a>
          </li>
        ))}
      </ul>
      <Button look="quiet" className="mt-4" onClick={() => void changeAccount()}>
        {t('backToSignIn')}
      </Button>
    </>
  );
}

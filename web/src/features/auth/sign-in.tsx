'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Suspense, useState } from 'react';
import { api } from '@/api/api';
import type { LoginRequest, Me } from '@/api/types';
import { FormProblem } from '@/forms/later';
import { useFocusWhen } from '@/forms/use-focus-when';
import { Notice } from '@/ui/notice';
import { ClinicList } from './clinic-list';
import { clinicUrl, goTo, rememberLocale } from './go-to-clinic';
import { SignInForm } from './sign-in-form';

interface Choice {
  credentials: LoginRequest;
  clinics: { slug: string; name: string }[];
}

interface SignInProps {
  /** Where to go afterwards: a path of this app. */
  next: string;
  /** The session was ended elsewhere, or ran out. */
  ended: boolean;
  intro: string;
  signUpUrl: string;
}

export function SignIn({ next, ended, intro, signUpUrl }: SignInProps) {
  const t = useTranslations('auth');
  const [choice, setChoice] = useState<Choice>();
  /** Of who went back from a choice. */
  const [email, setEmail] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const heading = useFocusWhen<HTMLHeadingElement>(choice ?? email);

  async function arrive(me: Me) {
    rememberLocale(me);
    goTo(clinicUrl(me.tenant.origin, next));
    await new Promise(() => undefined); // Stays busy until the next document is there.
  }

  async function choose(tenant: string) {
    setProblem(undefined);
    try {
      await arrive(await api.post<Me>('/auth/login', { ...choice?.credentials, tenant }));
    } catch (error) {
      setProblem(error);
    }
  }

  if (choice) {
    return (
      <>
        <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold">
          {t('chooseTitle')}
        </h1>
        <p className="mt-1 mb-6 text-lg text-muted sm:text-base">{t('chooseText')}</p>
        <Suspense>{problem !== undefined && <FormProblem error={problem} />}</Suspense>
        <ClinicList
          clinics={choice.clinics}
          onChoose={choose}
          onBack={() => {
            setEmail(choice.credentials.email);
            setChoice(undefined);
            setProblem(undefined);
          }}
        />
      </>
    );
  }
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold">
        {t('signInTitle')}
      </h1>
      <p className="mt-1 mb-6 text-lg text-muted sm:text-base">{intro}</p>
      {ended && (
        <div className="mb-5">
          <Notice>{t('ended')}</Notice>
        </div>
      )}
      <SignInForm
        email={email}
        onSignedIn={arrive}
        onChoice={(credentials, clinics) => setChoice({ credentials, clinics })}
      />
      <p className="mt-5 text-center text-lg text-muted sm:text-base">
        {t('noAccount')}{' '}
        <Link href={signUpUrl} className="font-medium text-brand underline underline-offset-4">
          {t('signUp')}
        </Link>
      </p>
    </>
  );
}

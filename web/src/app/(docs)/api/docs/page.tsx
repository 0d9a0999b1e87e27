import { getTranslations } from 'next-intl/server';
import { Operations } from '@/features/reference/operations';
import { ReferenceHeader } from '@/features/reference/reference-header';
import { SignedInAs } from '@/features/reference/signed-in-as';
import { findMe } from '@/server/api';

/** The one page below /api: nginx sends this path here, and every other to the API. */
export default async function ReferencePage() {
  const t = await getTranslations('reference');
  const me = await findMe();
  return (
    <>
      <ReferenceHeader />
      <main className="mx-auto w-full max-w-[70rem] px-4 pt-6 pb-16 sm:px-6">
        <h1 className="text-3xl font-semibold">{t('title')}</h1>
        <p className="mt-2 mb-5 max-w-prose text-lg text-muted sm:text-base">
          {t.rich('about', {
            document: (words) => (
              <a href="/api/v1/openapi.json" className="text-brand underline underline-offset-4">
                {words}
              </a>
            ),
          })}
        </p>
        <SignedInAs me={me} />
        <Operations signedIn={me !== null} />
      </main>
    </>
  );
}

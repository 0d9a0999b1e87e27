'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/ui/button';
import { Spinner } from '@/ui/spinner';

interface ClinicListProps {
  clinics: { slug: string; name: string }[];
  onChoose: (slug: string) => Promise<void>;
  onBack: () => void;
}

export function ClinicList({ clinics, onChoose, onBack }: ClinicListProps) {
  const t = useTranslations('auth');
  const [opening, setOpening] = useState<string>();
  return (
    <>
      <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {clinics.map(({ slug, name }) => (
          <li key={slug}>
            <button
              type="button"
              aria-busy={opening === slug || undefined}
              className="flex min-h-14 w-full items-center gap-3 px-4 text-left text-lg hover:bg-sunken focus-visible:-outline-offset-2"
              onClick={() => {
                setOpening(slug);
                void onChoose(slug).finally(() => setOpening(undefined));
              }}
            >
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{name}</span>
                <span className="block text-sm text-muted">{slug}</span>
              </span>
              {opening === slug ? (
                <Spinner />
              ) : (
                <ChevronRight aria-hidden="true" className="size-5 text-muted" strokeWidth={1.75} />
              )}
            </button>
          </li>
        ))}
      </ul>
      <Button look="quiet" className="mt-4" onClick={onBack}>
        {t('backToSignIn')}
      </Button>
    </>
  );
}

'use client';

import { useMutation } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { ImageUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { ProblemError } from '@/api/problem';
import type { Organization } from '@/api/types';
import { Section } from '@/features/account/section';
import { FormProblem } from '@/forms/form-problem';
import { useFaultWords } from '@/forms/field-errors';
import { Button } from '@/ui/button';
import { FieldError } from '@/ui/field';
import { showToast } from '@/ui/toast';
import { useSaveOrganization } from './use-organization';

/** The picture of the organisation: saved as soon as it is chosen. */
export function Logo({ organization }: { organization: Organization }) {
  const t = useTranslations('organization');
  const words = useFaultWords();
  const input = useRef<HTMLInputElement>(null);
  const save = useSaveOrganization(organization);
  const { logo, name } = organization;
  const change = useMutation({
    mutationFn: async (file: File | null) => {
      const uploaded = file && (await (await import('./upload')).upload(file));
      await save({ logo: uploaded });
    },
    onSuccess: (_, file) => showToast({ text: t(file ? 'logoSaved' : 'logoRemoved') }),
    onSettled: () => {
      if (input.current) input.current.value = ''; // The same file may be chosen again.
    },
  });
  const problem = change.error;
  const fault =
    problem instanceof ProblemError ? (problem.errors.logo ?? problem.errors.size)?.[0] : undefined;
  const error = fault && words('logo', { type: fault.code, message: fault.message });

  return (
    <Section id="logo" title={t('logo')} text={t('logoText')}>
      <div className="flex flex-wrap items-center gap-4">
        {/* On white in dark mode too: most logos are made for paper. */}
        <div
          className={clsx(
            'flex size-24 items-center justify-center overflow-hidden rounded-card border border-line',
            logo && 'bg-[#fff]',
          )}
        >
          {logo ? (
            // The file is behind the session: no optimizer could read it.
            // eslint-disable-next-line @next/next/no-img-element
            <img
              src={`${logo.url}?inline=true`}
              alt={t('logoOf', { name })}
              className="max-h-full max-w-full object-contain"
            />
          ) : (
            <ImageUp aria-hidden="true" className="size-8 text-muted" strokeWidth={1.5} />
          )}
        </div>
        <div className="flex flex-wrap gap-3">
          <input
            ref={input}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            className="sr-only"
            tabIndex={-1}
            aria-label={t('logoChoose')}
            aria-describedby={error ? 'logo-error' : undefined}
            onChange={({ target }) => target.files?.[0] && change.mutate(target.files[0])}
          />
          <Button busy={change.isPending} onClick={() => input.current?.click()}>
            {change.isPending ? t('saving') : t(logo ? 'logoReplace' : 'logoChoose')}
          </Button>
          {logo && !change.isPending && (
            <Button look="danger" onClick={() => change.mutate(null)}>
              {t('logoRemove')}
            </Button>
          )}
        </div>
      </div>
      <div role="status">
        <FieldError id="logo-error" message={error} />
      </div>
      {problem && !error && (
        <div className="mt-3">
          <FormProblem error={problem} />
        </div>
      )}
    </Section>
  );
}

'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { useWordsByKey } from '@/i18n/use-words-by-key';
import { Button } from '@/ui/button';
import { Field } from '@/ui/field';
import { AffixInput } from '@/ui/input';
import { useSlugAvailability } from './use-slug-availability';

interface SlugFieldProps extends ComponentProps<'input'> {
  slug: string;
  /** The domain that clinics' addresses end with; none where one host serves all. */
  baseHost: string | null;
  error?: string;
  onSuggestion: (slug: string) => void;
}

export function SlugField({ slug, baseHost, error, onSuggestion, ...input }: SlugFieldProps) {
  const t = useTranslations('auth');
  const errors = useTranslations('errors.fields.slug');
  const { find } = useWordsByKey();
  const { answer, asking, impossible } = useSlugAvailability(slug);
  const taken = answer && !answer.available;
  const takenText =
    taken && (find(`errors.fields.slug.${answer.code}`) ?? answer.message ?? errors('unique'));
  const fault = impossible ? errors('invalid') : takenText;

  return (
    <div>
      <Field id="slug" label={t('slug')} help={t('slugHelp')} error={error ?? (fault || undefined)}>
        {(ids) => (
          <AffixInput
            {...ids}
            {...input}
            suffix={baseHost ? `.${baseHost}` : undefined}
            inputMode="url"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <div role="status" className="text-base sm:text-sm">
        {asking && !error && <p className="mt-1 text-muted">{t('slugChecking')}</p>}
        {answer?.available && !error && (
          <p className="mt-1 flex items-center gap-1.5 text-success">
            <Check aria-hidden="true" className="size-4 shrink-0" strokeWidth={2} />
            <span className="min-w-0">
              {t('slugFree', { address: baseHost ? `${slug}.${baseHost}` : slug })}
            </span>
          </p>
        )}
        {taken && answer.suggestion && (
          <Button
            look="brand"
            className="mt-1 -ml-3.5"
            onClick={() => onSuggestion(answer.suggestion ?? '')}
          >
            {t('slugUse', { slug: answer.suggestion })}
          </Button>
        )}
      </div>
    </div>
  );
}

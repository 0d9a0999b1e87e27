'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { registerFields } from '@/api/fields/register';
import { PasswordInput } from '@/forms/password-input';
import { Field } from '@/ui/field';

const SHORTEST = registerFields.password.minLength;

interface NewPasswordFieldProps extends ComponentProps<'input'> {
  length: number;
  error?: string;
}

/** A password being chosen: counts down to long enough. */
export function NewPasswordField({ length, error, ...input }: NewPasswordFieldProps) {
  const t = useTranslations('auth');
  const missing = SHORTEST - length;
  const count = missing > 0 ? t('passwordCount', { count: missing }) : t('passwordLong');
  return (
    <Field
      id="password"
      label={t('password')}
      help={t('passwordHelp')}
      error={error}
      aside={
        length > 0 && (
          <span className={missing > 0 ? 'text-sm text-muted' : 'text-sm text-success'}>
            {count}
          </span>
        )
      }
    >
      {(ids) => <PasswordInput {...ids} {...input} autoComplete="new-password" />}
    </Field>
  );
}

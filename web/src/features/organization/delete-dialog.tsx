'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Organization } from '@/api/types';
import { isProblemCode } from '@/api/problem';
import { goTo } from '@/features/auth/go-to-clinic';
import { forgetDrafts } from '@/forms/drafts';
import { FormProblem } from '@/forms/form-problem';
import { PasswordInput } from '@/forms/password-input';
import { useDate } from '@/session/use-dates';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Form } from '@/ui/form';
import { Input } from '@/ui/input';
import { organizationApi } from './organization-api';
import { useSaving } from './use-saving';

interface DeleteDialogProps {
  organization: Organization;
  onClose: () => void;
}

/** Asks for the address and the password once more; afterwards it says until when there is a way back. */
export function DeleteDialog({ organization, onClose }: DeleteDialogProps) {
  const t = useTranslations('organization');
  const [until, setUntil] = useState<string>();
  if (until) return <Deleted until={until} name={organization.name} />;
  return (
    <Dialog
      title={t('deleteTitle', { name: organization.name })}
      text={t('deleteWarning')}
      closeLabel={t('close')}
      onClose={onClose}
    >
      <Confirm slug={organization.slug} onDeleted={setUntil} onClose={onClose} />
    </Dialog>
  );
}

interface ConfirmProps {
  slug: string;
  onDeleted: (until: string) => void;
  onClose: () => void;
}

function Confirm({ slug, onDeleted, onClose }: ConfirmProps) {
  const t = useTranslations('organization');
  const queryClient = useQueryClient();
  const form = useSaving<{ slug: string; password: string }>({
    saved: { slug: '', password: '' },
    save: async ({ slug: typed = '', password = '' }) => {
      const deletion = await organizationApi.delete(typed.trim(), password);
      queryClient.clear();
      forgetDrafts();
      onDeleted(deletion.delete_after);
    },
  });
  const ready = form.values.slug.trim() === slug && form.values.password !== '';
  return (
    <Form className="space-y-4" onSubmit={(event) => void form.submit(event)}>
      <FormProblem
        error={form.problem}
        text={isProblemCode(form.problem, 'tenant_busy') ? t('busy') : undefined}
        ofForm
      />
      <Field id="confirm-slug" label={t('typeSlug', { slug })} error={form.errorOf('slug')}>
        {(ids) => (
          <Input
            {...ids}
            name="slug"
            value={form.values.slug}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => form.set('slug', target.value)}
          />
        )}
      </Field>
      <Field id="confirm-password" label={t('yourPassword')} error={form.errorOf('password')}>
        {(ids) => (
          <PasswordInput
            {...ids}
            name="password"
            value={form.values.password}
            autoComplete="current-password"
            onChange={({ target }) => form.set('password', target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="danger" busy={form.busy} disabled={!ready}>
          {form.busy ? t('deleting') : t('deleteNow')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Form>
  );
}

/** Nothing behind it works any more: it leads out and cannot be closed. */
function Deleted({ until, name }: { until: string; name: string }) {
  const t = useTranslations('organization');
  const date = useDate();
  const leave = () => goTo('/sign-in');
  return (
    <Dialog
      title={t('deletedTitle', { name })}
      text={t('deletedText', { date: date(until) })}
      closeLabel={t('close')}
      onClose={leave}
    >
      <Button look="primary" onClick={leave}>
        {t('leave')}
      </Button>
    </Dialog>
  );
}

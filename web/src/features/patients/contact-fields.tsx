'use client';

import { useTranslations } from 'next-intl';
import { useFieldErrorText } from '@/forms/field-errors';
import { Field } from '@/ui/field';
import { AffixInput, Input, NativeSelect, Textarea } from '@/ui/input';
import { RELATIONS } from './form-values';
import { RELATION_LABELS } from './relation-labels';
import type { PatientForm } from './use-patient-form';

export function PhoneFields({ form }: { form: PatientForm }) {
  const t = useTranslations('patients');
  const { register, formState } = form;
  const errorOf = useFieldErrorText(formState.errors);
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field id="phone" label={t('phone')} optional={t('optional')} error={errorOf('phone')}>
        {(ids) => (
          <AffixInput
            {...ids}
            {...register('phone')}
            prefix="+91"
            type="tel"
            inputMode="numeric"
            autoComplete="off"
            className="tabular-nums"
          />
        )}
      </Field>
      <Field
        id="phone_relation"
        label={t('relation')}
        optional={t('optional')}
        error={errorOf('phone_relation')}
      >
        {(ids) => (
          <NativeSelect {...ids} {...register('phone_relation')}>
            <option value="">{t('relationNone')}</option>
            {RELATIONS.map((relation) => (
              <option key={relation} value={relation}>
                {t(RELATION_LABELS[relation])}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
    </div>
  );
}

export function AddressFields({ form }: { form: PatientForm }) {
  const t = useTranslations('patients');
  const { register, formState } = form;
  const errorOf = useFieldErrorText(formState.errors);
  const optional = t('optional');
  return (
    <>
      <Field id="email" label={t('email')} optional={optional} error={errorOf('email')}>
        {(ids) => (
          <Input
            {...ids}
            {...register('email')}
            type="email"
            inputMode="email"
            autoComplete="off"
          />
        )}
      </Field>
      <Field id="address" label={t('address')} optional={optional} error={errorOf('address')}>
        {(ids) => <Textarea {...ids} {...register('address')} rows={2} autoComplete="off" />}
      </Field>
      <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
        <Field id="city" label={t('city')} optional={optional} error={errorOf('city')}>
          {(ids) => <Input {...ids} {...register('city')} autoComplete="off" />}
        </Field>
        <Field id="pincode" label={t('pincode')} optional={optional} error={errorOf('pincode')}>
          {(ids) => (
            <Input
              {...ids}
              {...register('pincode')}
              inputMode="numeric"
              autoComplete="off"
              maxLength={7}
              className="tabular-nums"
            />
          )}
        </Field>
      </div>
    </>
  );
}

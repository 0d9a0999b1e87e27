'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { useFieldErrorText } from '@/forms/field-errors';
import { Field } from '@/ui/field';
import { AffixInput, Input, NativeSelect, Textarea } from '@/ui/input';
import { RELATIONS } from './form-values';
import { RELATION_LABELS } from './relation-labels';
import type { PatientForm } from './use-patient-form';

export function PhoneField({ form }: { form: PatientForm }) {
  const t = useTranslations('patients');
  const errorOf = useFieldErrorText(form.formState.errors);
  return (
    <Field id="phone" label={t('phone')} optional={t('optional')} error={errorOf('phone')}>
      {(ids) => (
        <AffixInput
          {...ids}
          {...form.register('phone')}
          prefix="+91"
          type="tel"
          inputMode="numeric"
          autoComplete="off"
          className="tabular-nums"
        />
      )}
    </Field>
  );
}

/** Asked only once there is a phone: in most homes one number serves everyone. */
export function RelationField({ form }: { form: PatientForm }) {
  const t = useTranslations('patients');
  const errorOf = useFieldErrorText(form.formState.errors);
  const [phone, relation] = useWatch({ control: form.control, name: ['phone', 'phone_relation'] });
  if (!phone && !relation) return null;
  return (
    <Field
      id="phone_relation"
      label={t('relation')}
      optional={t('optional')}
      error={errorOf('phone_relation')}
    >
      {(ids) => (
        <NativeSelect {...ids} {...form.register('phone_relation')}>
          <option value="">{t('relationNone')}</option>
          {RELATIONS.map((value) => (
            <option key={value} value={value}>
              {t(RELATION_LABELS[value])}
            </option>
          ))}
        </NativeSelect>
      )}
    </Field>
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

'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { useFieldErrorText } from '@/forms/field-errors';
import { Choice, ChoiceGroup } from '@/ui/choice';
import { Field } from '@/ui/field';
import { Input } from '@/ui/input';
import { BirthField } from './birth-field';
import { yearsOf } from './form-values';
import { SEXES } from './patients';
import type { PatientForm } from './use-patient-form';

const ADULT = 18;

export function NameField({ form }: { form: PatientForm }) {
  const t = useTranslations('patients');
  const errorOf = useFieldErrorText(form.formState.errors);
  return (
    <Field id="name" label={t('name')} error={errorOf('name')}>
      {(ids) => (
        <Input {...ids} {...form.register('name')} autoComplete="off" autoCapitalize="words" />
      )}
    </Field>
  );
}

/** Sex, age, and a child's guardian. */
export function IdentityFields({ form }: { form: PatientForm }) {
  const t = useTranslations('patients');
  const { register, control, formState } = form;
  const errorOf = useFieldErrorText(formState.errors);
  const [birth, age, date_of_birth, guardian] = useWatch({
    control,
    name: ['birth', 'age', 'date_of_birth', 'guardian_name'],
  });
  const years = yearsOf({ birth, age, date_of_birth });
  const isChild = years !== undefined && years >= 0 && years < ADULT;

  return (
    <>
      <ChoiceGroup id="sex" legend={t('sex')} error={errorOf('sex')}>
        {SEXES.map((sex, index) => (
          <Choice
            key={sex}
            id={index === 0 ? 'sex' : undefined}
            label={t(sex)}
            value={sex}
            aria-invalid={formState.errors.sex ? true : undefined}
            {...register('sex')}
          />
        ))}
      </ChoiceGroup>
      <BirthField form={form} />
      {(isChild || guardian !== '') && (
        <Field
          id="guardian_name"
          label={t('guardian')}
          optional={t('optional')}
          help={t('guardianHelp')}
          error={errorOf('guardian_name')}
        >
          {(ids) => (
            <Input
              {...ids}
              {...register('guardian_name')}
              autoComplete="off"
              autoCapitalize="words"
            />
          )}
        </Field>
      )}
    </>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { useFieldErrorText } from '@/forms/field-errors';
import { Choice } from '@/ui/choice';
import { Field } from '@/ui/field';
import { AffixInput, Input } from '@/ui/input';
import type { PatientForm } from './use-patient-form';

/** An age or a date of birth: many people know only the one. */
export function BirthField({ form }: { form: PatientForm }) {
  const t = useTranslations('patients');
  const { register, control, clearErrors, formState } = form;
  const errorOf = useFieldErrorText(formState.errors);
  const birth = useWatch({ control, name: 'birth' });
  const field = birth === 'age' ? 'age' : 'date_of_birth';

  return (
    <Field
      id={field}
      label={birth === 'age' ? t('ageOnly') : t('birthKnown')}
      error={errorOf(field)}
      className="max-w-sm"
      aside={
        <fieldset className="flex gap-1">
          <legend className="sr-only">{t('ageOrBirth')}</legend>
          {(['age', 'date'] as const).map((way) => (
            <Choice
              key={way}
              compact
              label={way === 'age' ? t('ageOnly') : t('birthKnown')}
              value={way}
              {...register('birth', { onChange: () => clearErrors(['age', 'date_of_birth']) })}
            />
          ))}
        </fieldset>
      }
    >
      {(ids) =>
        birth === 'age' ? (
          <AffixInput
            key="age"
            {...ids}
            {...register('age')}
            suffix={t('ageUnit')}
            inputMode="numeric"
            autoComplete="off"
            maxLength={3}
          />
        ) : (
          <Input key="date" {...ids} {...register('date_of_birth')} type="date" max={today()} />
        )
      }
    </Field>
  );
}

function today() {
  return new Date().toLocaleDateString('sv-SE');
}

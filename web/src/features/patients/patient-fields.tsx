'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FormField } from '@/forms/form-field';
import { ResourceForm } from '@/forms/resource-form';
import { today } from '@/lib/zoned-time';
import { useSession } from '@/session/session-provider';
import { Choice } from '@/ui/choice';
import { SEXES } from './patients';
import { yearsOf, type PatientForm } from './patient-form';

const ADULT = 18;

interface PatientFieldsProps {
  form: PatientForm;
  cancelHref: string;
  /** Stands below the phone and the name. */
  matches?: ReactNode;
}

/** A guardian is asked for of a child, and whose phone it is once there is one: in most homes one serves everyone. */
export function PatientFields({ form, cancelHref, matches }: PatientFieldsProps) {
  const t = useTranslations('patients');
  const { values } = form.state;
  const now = today(useSession(({ me }) => me.tenant.time_zone));
  const years = yearsOf(values, now);
  const isChild = years !== undefined && years >= 0 && years < ADULT;
  const capitals = { autoCapitalize: 'words' };
  return (
    <ResourceForm form={form} cancelHref={cancelHref} saveLabel={t('save')}>
      <FormField form={form} name="phone" />
      <FormField form={form} name="name" input={capitals} />
      {matches}
      <FormField form={form} name="sex" choices={SEXES} />
      <BirthField form={form} now={now} />
      {(isChild || values.guardian_name) && (
        <FormField form={form} name="guardian_name" input={capitals} />
      )}
      {(values.phone || values.phone_relation) && <FormField form={form} name="phone_relation" />}
      <FormField form={form} name="email" />
      <FormField form={form} name="address" />
      <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
        <FormField form={form} name="city" />
        <FormField form={form} name="pincode" input={{ inputMode: 'numeric', maxLength: 7 }} />
      </div>
    </ResourceForm>
  );
}

interface BirthFieldProps {
  form: PatientForm;
  now: string;
}

/** An age or a date of birth, and the choice between them. */
function BirthField({ form, now }: BirthFieldProps) {
  const t = useTranslations('patients');
  const { values, set, forgive } = form.state;
  const chosen = (birth: string) => ({
    name: 'birth',
    value: birth,
    checked: values.birth === birth,
    onChange: () => {
      set('birth', birth);
      forgive(['age', 'date_of_birth']);
    },
  });
  const common = {
    form,
    required: true,
    className: 'max-w-sm',
    aside: (
      <fieldset className="flex gap-1">
        <legend className="sr-only">{t('ageOrBirth')}</legend>
        <Choice compact label={t('fields.age')} {...chosen('age')} />
        <Choice compact label={t('fields.date_of_birth')} {...chosen('date')} />
      </fieldset>
    ),
  };
  return values.birth === 'age' ? (
    <FormField key="age" {...common} name="age" suffix={t('ageUnit')} input={{ maxLength: 3 }} />
  ) : (
    <FormField key="date" {...common} name="date_of_birth" input={{ max: now }} />
  );
}

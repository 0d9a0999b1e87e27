'use client';

import type { ${one}Fields } from '@/api/fields/$file_one';
import { FormField } from '@/forms/form-field';
import { ResourceForm } from '@/forms/resource-form';
import type { FormOf } from '@/forms/form-of';

interface ${struct}FieldsProps {
  form: FormOf<keyof typeof ${one}Fields>;
  cancelHref: string;
}

export function ${struct}Fields({ form, cancelHref }: ${struct}FieldsProps) {
  return (
    <ResourceForm form={form} cancelHref={cancelHref}>
$fields
    </ResourceForm>
  );
}

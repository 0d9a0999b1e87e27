import { FormField } from '../form-field';
import { ResourceForm } from '../resource-form';
import { useCreateForm } from '../use-create-form';
import type { Values } from '../values';
import { specimenFields, type SpecimenName } from './specimen';

interface NewSpecimenProps {
  save: (body: object) => Promise<unknown>;
  start?: Values;
  /** The fields that it shows; every one unless said. */
  names?: SpecimenName[];
}

const ALL: SpecimenName[] = [
  'name',
  'remark',
  'code',
  'email',
  'phone',
  'website',
  'slug',
  'address',
  'batch',
  'place',
  'weight',
  'price',
  'polished',
  'found_on',
  'opens',
  'seen_at',
  'length',
  'colour',
  'shade',
  'names',
  'marks',
  'finishes',
];

/** A form with a field of every kind. */
export function NewSpecimen({ save, start, names = ALL }: NewSpecimenProps) {
  const form = useCreateForm({
    fields: specimenFields,
    words: 'specimens',
    place: '/specimens/new',
    start,
    save: (body) => save(body),
  });
  return (
    <ResourceForm form={form} cancelHref="/specimens">
      {names.map((name) => (
        <FormField key={name} form={form} name={name} />
      ))}
    </ResourceForm>
  );
}

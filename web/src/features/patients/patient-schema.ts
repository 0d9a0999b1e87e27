import { z } from '@/forms/zod';
import { nationalDigits } from '@/lib/phone';
import { yearsOf, type PatientFormValues } from './form-values';

const OLDEST = 130;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const text = (longest: number) => z.string().trim().max(longest, 'max_length');
const optional = (check: (value: string) => boolean) =>
  z
    .string()
    .trim()
    .refine((value) => value === '' || check(value), 'invalid');

/** What can be said without asking the API, in its codes. */
export const patientSchema = z
  .object({
    name: text(200).min(1, 'required'),
    // Not an enum: an issue of one would keep the checks across fields from running.
    sex: z.string().min(1, 'required'),
    birth: z.enum(['age', 'date']),
    age: z.string(),
    date_of_birth: z.string(),
    phone: optional((value) => nationalDigits(value) !== null),
    phone_relation: z.string(),
    guardian_name: text(200),
    email: optional((value) => EMAIL.test(value)),
    address: text(500),
    city: text(100),
    pincode: optional((value) => /^[1-9]\d{2}\s?\d{3}$/.test(value)),
  })
  .superRefine((values, context) => {
    const field = values.birth === 'age' ? 'age' : 'date_of_birth';
    const code = birthProblem(values);
    if (code) context.addIssue({ code: 'custom', message: code, path: [field] });
  });

function birthProblem(values: Pick<PatientFormValues, 'birth' | 'age' | 'date_of_birth'>) {
  const typed = values.birth === 'age' ? values.age.trim() : values.date_of_birth;
  if (typed === '') return 'required';
  const years = yearsOf(values);
  if (years === undefined) return 'invalid';
  if (values.birth === 'age') return years > OLDEST ? 'max_value' : undefined;
  if (years < 0) return 'max_value';
  return years > OLDEST ? 'min_value' : undefined;
}

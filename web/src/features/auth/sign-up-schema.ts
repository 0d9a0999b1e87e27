import { z } from '@/forms/zod';

/** As the API's: ^[a-z][a-z0-9-]{1,38}[a-z0-9]$ */
const SLUG = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const signUpSchema = z.object({
  organization_name: z.string().trim().min(1, 'required').max(200, 'max_length'),
  slug: z.string().trim().min(1, 'required').regex(SLUG, 'invalid'),
  full_name: z.string().trim().min(1, 'required').max(200, 'max_length'),
  email: z.string().trim().min(1, 'required').regex(EMAIL, 'invalid'),
  password: z.string().min(1, 'required').min(12, 'min_length'),
});

export const signInSchema = z.object({
  email: z.string().trim().min(1, 'required').regex(EMAIL, 'invalid'),
  password: z.string().min(1, 'required'),
});

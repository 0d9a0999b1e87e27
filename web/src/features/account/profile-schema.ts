import { z } from '@/forms/zod';

export const profileSchema = z.object({
  full_name: z.string().trim().min(1, 'required').max(200, 'max_length'),
});

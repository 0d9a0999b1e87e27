// Made from openapi.json by "npm run types". Change the resource in C++, not this file.
import type { FieldsOf } from '../field';
import type { components } from '../schema';

export const registerFields = {
  organization_name: { kind: "text", maxLength: 200, required: true },
  slug: { kind: "text", pattern: "^[a-z][a-z0-9-]{1,38}[a-z0-9]$", required: true },
  full_name: { kind: "text", maxLength: 200, required: true },
  email: { kind: "email", maxLength: 254, required: true },
  password: { kind: "password", minLength: 12, maxLength: 1024, required: true },
} as const satisfies FieldsOf<components['schemas']['RegisterRequest']>;

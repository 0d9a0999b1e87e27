// Made from openapi.json by "npm run types". Change the resource in C++, not this file.
import type { FieldsOf } from '../field';
import type { components } from '../schema';

export const loginFields = {
  email: { kind: "email", maxLength: 254, required: true },
  password: { kind: "password", maxLength: 1024, required: true },
  tenant: { kind: "text" },
} as const satisfies FieldsOf<components['schemas']['LoginRequest']>;

// Made from openapi.json by "npm run types". Change the resource in C++, not this file.
import type { FieldsOf } from '../field';
import type { components } from '../schema';

export const domainFields = {
  domain: { kind: "text", maxLength: 1000, required: true },
} as const satisfies FieldsOf<components['schemas']['DomainCreate']>;

// Made from openapi.json by "npm run types". Change the resource in C++, not this file.
import type { FieldsOf } from '../field';
import type { components } from '../schema';

export const patientFields = {
  name: { kind: "text", maxLength: 200, required: true },
  sex: { kind: "choice", choices: ["male", "female", "other", "unknown"], required: true },
  age: { kind: "integer", nullable: true, min: 0, max: 130 },
  date_of_birth: { kind: "date", nullable: true },
  phone: { kind: "phone", nullable: true },
  phone_relation: { kind: "choice", nullable: true, choices: ["self", "parent", "spouse", "child", "guardian", "other"] },
  guardian_name: { kind: "text", nullable: true, maxLength: 200 },
  email: { kind: "email", nullable: true, maxLength: 254 },
  address: { kind: "multiline", nullable: true, maxLength: 500 },
  city: { kind: "text", nullable: true, maxLength: 100 },
  pincode: { kind: "text", nullable: true, pattern: "^[1-9][0-9]{5}$", message: "Enter a PIN code of six digits." },
} as const satisfies FieldsOf<components['schemas']['PatientCreate']>;

/** What a field of a body holds, as a person sees it. */
export type FieldKind =
  | 'text'
  | 'multiline'
  | 'email'
  | 'password'
  | 'phone'
  | 'url'
  | 'slug'
  | 'ip'
  | 'uuid'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'boolean'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'duration'
  | 'choice'
  | 'texts'
  | 'integers';

/** What a form must know of a field: made from openapi.json, in src/api/fields/ (scripts/support/field-rules.mjs). */
export interface FieldRule {
  readonly kind: FieldKind;
  readonly required?: true;
  /** May be emptied. One that may not keeps what it has. */
  readonly nullable?: true;
  /** Set once, when the object is made. */
  readonly createOnly?: true;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  /** What the API says, in English, of a text that does not match the pattern. */
  readonly message?: string;
  /** Both belong to the range; of dates, times and durations as the API writes them, of money in paise. */
  readonly min?: number | string;
  readonly max?: number | string;
  readonly maxDigits?: number;
  readonly decimalPlaces?: number;
  readonly choices?: readonly string[];
  /** What an object has that does not say otherwise. */
  readonly initial?: string | number | boolean;
}

export type Fields = Readonly<Record<string, FieldRule>>;

/** The rules of a body's fields; those that no form of ours can make, files and JSON, are not among them. */
export type FieldsOf<Body> = { readonly [Name in keyof Body]?: FieldRule };

/** What a form sends that was made from these rules: it has to fit the body that the API takes. */
export type BodyOf<F extends Fields> = {
  -readonly [Name in keyof F as F[Name] extends { required: true } ? Name : never]: Sent<F[Name]>;
} & ChangesOf<F>;

export type ChangesOf<F extends Fields> = { -readonly [Name in keyof F]?: Sent<F[Name]> };

type Sent<Rule extends FieldRule> =
  Written<Rule> | (Rule extends { nullable: true } ? null : never);

type Written<Rule extends FieldRule> = Rule extends { kind: 'texts' | 'integers' }
  ? (Rule extends { kind: 'integers' } ? number : Chosen<Rule>)[]
  : Rule extends { kind: 'integer' | 'money' }
    ? number
    : Rule extends { kind: 'boolean' }
      ? boolean
      : Chosen<Rule>;

type Chosen<Rule extends FieldRule> = Rule extends { choices: readonly (infer Choice)[] }
  ? Choice
  : string;

// JSON schemas: Fastify compiles them to the check of bodies and to the writer of answers.
const sexes = ['male', 'female', 'other', 'unknown'];
const relations = ['self', 'parent', 'spouse', 'child', 'guardian', 'other'];

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const shortText = (maxLength) => ({ ...textOrNull, minLength: 1, maxLength, pattern: '\\S' });

const patient = {
  type: 'object',
  properties: {
    id: text,
    number: { type: 'integer' },
    version: { type: 'integer' },
    name: text,
    sex: text,
    age: { type: 'integer' },
    date_of_birth: textOrNull,
    dob_precision: text,
    phone: textOrNull,
    phone_relation: textOrNull,
    guardian_name: textOrNull,
    email: textOrNull,
    address: textOrNull,
    city: textOrNull,
    pincode: textOrNull,
    household_id: textOrNull,
    created_at: text,
    updated_at: text,
    archived_at: textOrNull,
  },
};

const changes = {
  type: 'object',
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
    sex: { type: 'string', enum: sexes },
    age: { type: ['integer', 'null'], minimum: 0, maximum: 130 },
    date_of_birth: { type: ['string', 'null'], format: 'date' },
    phone: shortText(40),
    phone_relation: { type: ['string', 'null'], enum: [...relations, null] },
    guardian_name: shortText(200),
    email: { type: ['string', 'null'], format: 'email', maxLength: 254 },
    address: shortText(500),
    city: shortText(100),
    pincode: { type: ['string', 'null'], pattern: '^[1-9][0-9]{5}$' },
  },
};

const page = {
  type: 'object',
  properties: {
    results: { type: 'array', items: patient },
    next: textOrNull,
    previous: textOrNull,
  },
};

const query = {
  type: 'object',
  properties: {
    limit: { type: 'string', pattern: '^([1-9][0-9]?|100)$' },
    cursor: text,
    search: { type: 'string', maxLength: 100 },
  },
};

export const schemas = {
  list: { querystring: query, response: { 200: page } },
  retrieve: { response: { 200: patient } },
  create: { body: { ...changes, required: ['name', 'sex'] }, response: { 201: patient } },
  update: { body: changes, response: { 200: patient } },
};

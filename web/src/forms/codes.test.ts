/** @jest-environment node */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import en from '../../messages/en.json';
import hi from '../../messages/hi.json';

const api = path.resolve(__dirname, '../../../src');

/**
 * The codes of field errors that the API's source names: in a FieldError or a violation of a constraint, or before the
 * sentence that is said with them. Problems of a whole request (`errors::conflict`) have codes of their own.
 */
const FIELD_ERROR = /FieldError(?:\s\w+)?\{\s*"([a-z_]+)"/g;
const VIOLATION = /\.violation(?:<[^>]*>)?\(\s*"\w+",\s*"([a-z_]+)"/g;
const EMPLACED = /\bemplace_back\([^;{"]*\{\s*"([a-z_]+)"/g;
const COUNTED = /\btoo_many\(\s*"([a-z_]+)"/g;
const BEFORE_SENTENCE =
  /(?<!(?:errors::\w+|member|add_\w+|make_\w+)\(\s*)(?<!add_role\(\{\s*)"([a-z_]+)",\s*(?:fmt::format\(\s*)?"[A-Z][^"]* [^"]*"/g;

function codesOf(source: string) {
  return [FIELD_ERROR, VIOLATION, EMPLACED, COUNTED, BEFORE_SENTENCE].flatMap((pattern) =>
    [...source.matchAll(pattern)].map(([, code = '']) => code),
  );
}

const files = ['platform', 'clinic']
  .flatMap((folder) =>
    readdirSync(path.join(api, folder), { recursive: true }).map(
      (name) => `${folder}/${name.toString()}`,
    ),
  )
  .filter(
    (file) =>
      /\.[ch]pp$/.test(file) && !/_test\.cpp$|_fuzz\.cpp$|test_\w+\.hpp$|testing\//.test(file),
  );
const codes = [
  ...new Set(files.flatMap((file) => codesOf(readFileSync(path.join(api, file), 'utf8')))),
].sort();

test('the codes are found where they are written', () => {
  expect(codesOf('return FieldError{"empty", text};')).toEqual(['empty']);
  expect(codesOf('faults.emplace_back(name, {"empty", text});')).toEqual(['empty']);
  expect(
    codesOf('.violation<&Booking::starts_at>("booking_excl", "taken", "The room is taken.")'),
  ).toEqual(expect.arrayContaining(['taken']));
  expect(codesOf('write.error<&Patient::name>("too_loud", "Speak lower.");')).toEqual(['too_loud']);
  expect(codesOf('return errors::conflict("no_field", "Of the whole request.");')).toEqual([]);
  expect(codes.length).toBeGreaterThan(20);
  expect(codes).toEqual(expect.arrayContaining(['required', 'max_digits', 'permission_denied']));
});

/** For any field, or for those that can have the error. */
function hasWords({ fields, ...any }: { fields: Record<string, object> }, code: string) {
  return [any, ...Object.values(fields)].some((words) => code in words);
}

test.each(codes)('%s has words in both languages', (code) => {
  for (const { errors } of [en, hi]) expect(hasWords(errors, code)).toBe(true);
});

/** Codes of a whole request: those of the contract, and those of the platform that no resource of ours has so far. */
const CONTRACT = /"Stable: what a program decides by\.",\s*"enum":\s*\[([^\]]*)\]/g;
const PLATFORM = /\{"\w+Problem",\s*\d{3},\s*\{([^}]*)\}/g;

function problemCodes(pattern: RegExp, file: string) {
  const text = readFileSync(path.join(api, file), 'utf8');
  return [...text.matchAll(pattern)].flatMap(([, list = '']) =>
    [...list.matchAll(/"(\w+)"/g)].map(([, code = '']) => code),
  );
}

/** Said beside a field, in the words of its code. */
const OF_FIELDS = ['validation_failed', 'slug_taken', 'domain_exists', 'domain_limit'];

/** The one screen that meets it goes on from there, or has words of its own. */
const OF_A_SCREEN = [
  'account_exists',
  'dns_unavailable',
  'domain_not_verified',
  'domain_taken',
  'invalid_credentials',
  'invalid_grant',
  'not_authenticated',
  'slug_limit',
  'tenant_busy',
  'tenant_required',
];

/** Of calls that the web app does not make. */
const OF_PROGRAMS = [
  'bulk_failed',
  'file_stored',
  'not_acceptable',
  'parse_error',
  'range_not_satisfiable',
  'unsupported_media_type',
];

const wordless = [...OF_FIELDS, ...OF_A_SCREEN, ...OF_PROGRAMS];
const problems = [
  ...new Set([
    ...problemCodes(CONTRACT, '../web/openapi.json'),
    ...problemCodes(PLATFORM, 'platform/api/problems.cpp'),
  ]),
].sort();

test('the codes of problems are found where they are written', () => {
  expect(problems).toEqual(
    expect.arrayContaining(['tenant_read_only', 'domain_taken', 'invalid_transition']),
  );
});

test.each(problems.filter((code) => !wordless.includes(code)))(
  'the problem %s has words in both languages',
  (code) => {
    for (const { errors } of [en, hi]) expect(errors.problems).toHaveProperty(code);
  },
);

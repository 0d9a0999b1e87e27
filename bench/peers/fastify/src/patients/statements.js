// The SQL. Each statement names the tenant; a write is one statement and so one transaction: patient, number,
// household, audit entry and tokens stand or fall together.
export const columns = [
  'id',
  'number',
  'version',
  'name',
  'name_sort',
  'sex',
  'born_on',
  'dob_precision',
  'phone',
  'phone_relation',
  'guardian_name',
  'email',
  'address',
  'city',
  'pincode',
  'household_id',
  'created_at',
  'updated_at',
  'archived_at',
];
// What a client's values fill, in the order of the parameters.
export const written = [
  'name',
  'name_sort',
  'sex',
  'born_on',
  'dob_precision',
  'phone',
  'phone_relation',
  'guardian_name',
  'email',
  'address',
  'city',
  'pincode',
];
const list = columns.join(', ');
const dates = new Set(['born_on']);

// `$4, $5::date, …`: placeholders of the written columns from `first` on.
const placeholder = (column, number) => `$${number}::${dates.has(column) ? 'date' : 'text'}`;
const placeholders = (first) => written.map((column, i) => placeholder(column, first + i));
const phoneAt = (first) => placeholder('phone', first + written.indexOf('phone'));

const household = (id, phone) => `
  housed as (
    insert into household (tenant_id, id, phone_e164) select $1, ${id}::uuid, ${phone} where ${phone} is not null
    on conflict (tenant_id, phone_e164) do update set phone_e164 = excluded.phone_e164 returning id)`;

// The seven parameters from `first` on: id, actor, session, action, changes, address, request.
const audit = (first) => `
  audited as (
    insert into audit_entry (tenant_id, id, actor_id, session_id, action, object_type, object_id, changes,
      client_address, request_id)
    select $1, $${first}::uuid, $${first + 1}::uuid, $${first + 2}::uuid, $${first + 3}, 'patient', changed.id,
      $${first + 4}::jsonb, $${first + 5}, $${first + 6} from changed)`;
const auditParameters = 7;

const addTokens = (number) => `
  added as (
    insert into patient_token (tenant_id, token, object_id)
    select $1, token, changed.id from changed, unnest($${number}::text[]) as token on conflict do nothing)`;

export const retrieve = `select ${list} from patient where tenant_id = $1 and id = $2`;

// $1 tenant, $2 id, $3 household, then the written columns, the audit entry, the tokens.
function composeInsert() {
  const first = 4;
  const auditAt = first + written.length;
  return `with
  numbered as (
    insert into counter as c (tenant_id, name, value) values ($1, 'patient', 1)
    on conflict (tenant_id, name) do update set value = c.value + 1 returning value),
  ${household('$3', phoneAt(first))},
  changed as (
    insert into patient (tenant_id, id, number, household_id, ${written.join(', ')})
    select $1, $2::uuid, numbered.value, (select id from housed), ${placeholders(first).join(', ')} from numbered
    returning ${list}),
  ${audit(auditAt)},
  ${addTokens(auditAt + auditParameters)}
  select ${list} from changed`;
}

// $1 tenant, $2 id, $3 version, $4 household, then the written columns, the audit entry, the tokens that come and go.
function composeUpdate(phoneChanges) {
  const first = 5;
  const auditAt = first + written.length;
  const tokensAt = auditAt + auditParameters;
  const values = placeholders(first);
  const sets = written.map((column, i) => `${column} = ${values[i]}`);
  const home = phoneChanges ? '(select id from housed)' : '$4::uuid';
  return `with
  ${phoneChanges ? `${household('$4', phoneAt(first))},` : ''}
  changed as (
    update patient set version = version + 1, updated_at = now(), household_id = ${home}, ${sets.join(', ')}
    where tenant_id = $1 and id = $2 and version = $3 returning ${list}),
  ${audit(auditAt)},
  ${addTokens(tokensAt)},
  gone as (
    delete from patient_token as old using changed, unnest($${tokensAt + 1}::text[]) as words(token)
    where old.tenant_id = $1 and old.object_id = changed.id and old.token = words.token)
  select ${list} from changed`;
}

export const insert = composeInsert();
export const update = composeUpdate(false);
export const updateWithPhone = composeUpdate(true);

// $1 tenant, $2 id, $3 number, then the written columns.
export const insertBare = `
  insert into patient (tenant_id, id, number, ${written.join(', ')}) values ($1, $2, $3, ${placeholders(4).join(', ')})
  returning ${list}`;

// $1 tenant, $2 id, then the named columns.
export const updateBare = (names) => `
  update patient set version = version + 1, updated_at = now(),
    ${names.map((name, i) => `${name} = ${placeholder(name, 3 + i)}`).join(', ')}
  where tenant_id = $1 and id = $2 returning ${list}`;

// $1 tenant, then two for each range of tokens, the cursor's instant and id, the limit. `shape` holds how many ranges
// each word has.
export function composeList(shape, direction, fromCursor) {
  let number = 1;
  const next = () => `$${++number}`;
  const range = () =>
    `select object_id from patient_token where tenant_id = $1 and token >= ${next()} and token < ${next()}`;
  const words = shape.map(
    (ranges) => ` and id in (${Array.from({ length: ranges }, range).join(' union all ')})`,
  );
  const from = fromCursor
    ? ` and (created_at, id) ${direction === 'desc' ? '<' : '>'} (${next()}::timestamptz, ${next()}::uuid)`
    : '';
  return `select ${list} from patient where tenant_id = $1 and archived_at is null${words.join('')}${from}
    order by created_at ${direction}, id ${direction} limit ${next()}`;
}

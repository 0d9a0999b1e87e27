// A page of the list, newest first, by keyset cursors over (created_at, id).
import { composeList } from './statements.js';
import { searchRanges } from './words.js';

const texts = new Map();

function listText(shape, direction, fromCursor) {
  const name = `list ${direction} ${fromCursor} ${shape.join(' ')}`;
  let text = texts.get(name);
  if (!text) texts.set(name, (text = composeList(shape, direction, fromCursor)));
  return { name, text };
}

const seal = (row, backward) =>
  Buffer.from(`${backward ? '<' : '>'}${row.id}${row.created_at}`).toString('base64url');

const sealed = /^[<>][0-9a-f-]{36}\d{4}-\d\d-\d\dT[\d:.]+Z$/;

// undefined: not a cursor that this list has given.
function open(cursor) {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!sealed.test(text)) return undefined;
  return { backward: text[0] === '<', id: text.slice(1, 37), createdAt: text.slice(37) };
}

function link(query, limit, row, backward) {
  const search = query.search ? `&search=${encodeURIComponent(query.search)}` : '';
  return `/api/v1/patients?limit=${limit}${search}&cursor=${seal(row, backward)}`;
}

// undefined when the cursor is none.
export async function readPage(database, tenant, query) {
  const limit = Number(query.limit ?? 20);
  const cursor = query.cursor ? open(query.cursor) : null;
  if (cursor === undefined) return undefined;
  const words = query.search ? searchRanges(query.search) : [];
  if (query.search?.trim() && !words.length) return { results: [], next: null, previous: null };

  const backward = cursor?.backward ?? false;
  const shape = words.map((ranges) => ranges.length);
  const { name, text } = listText(shape, backward ? 'asc' : 'desc', cursor !== null);
  const values = [tenant, ...words.flat(2)];
  if (cursor) values.push(cursor.createdAt, cursor.id);
  values.push(limit + 1);
  const rows = await database.read(name, text, values);

  const more = rows.length > limit;
  const results = rows.slice(0, limit);
  if (backward) results.reverse();
  const before = backward ? more : cursor !== null;
  const after = backward || more;
  return {
    results,
    next: after && results.length ? link(query, limit, results.at(-1), false) : null,
    previous: before && results.length ? link(query, limit, results[0], true) : null,
  };
}

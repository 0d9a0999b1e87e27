import { randomUUID } from 'node:crypto';

import { columnsOf } from './input.js';
import * as statements from './statements.js';
import { tokensOf } from './words.js';

// How often a change starts again when another writer was faster.
const mostAttempts = 10;
// A bare insert has no number service; this fits a JavaScript number and will not meet itself.
const randomNumber = () => Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);

const valuesOf = (row) => statements.written.map((column) => row[column] ?? null);
const without = (a, b) => [...a].filter((token) => !b.has(token));

function auditValues(request, action, changes) {
  const { user, session } = request.caller;
  return [randomUUID(), user, session, action, JSON.stringify(changes), request.ip, randomUUID()];
}

export function writes(database) {
  const readOne = async (tenant, id) =>
    (await database.read('retrieve', statements.retrieve, [tenant, id]))[0];

  async function create(request, today) {
    const row = columnsOf(request.body, today, { creating: true });
    const [created] = await database.write('insert', statements.insert, [
      request.caller.tenant,
      randomUUID(),
      randomUUID(),
      ...valuesOf(row),
      ...auditValues(request, 'patients.create', {}),
      [...tokensOf(row)],
    ]);
    return created;
  }

  async function createBare(request, today) {
    const row = columnsOf(request.body, today, { creating: true });
    const values = [request.caller.tenant, randomUUID(), randomNumber(), ...valuesOf(row)];
    return (await database.write('insert bare', statements.insertBare, values))[0];
  }

  // The row after the change; undefined when there is none. A row that another writer changed in between is read again.
  async function change(request, today) {
    const { tenant } = request.caller;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const stored = await readOne(tenant, request.params.id);
      if (!stored) return undefined;
      const given = columnsOf(request.body, today, { stored });
      const changed = Object.keys(given).filter((name) => given[name] !== stored[name]);
      if (!changed.length) return stored;
      const updated = await writeChange(request, stored, { ...stored, ...given }, changed);
      if (updated) return updated;
    }
    throw Object.assign(new Error('Too many writers at once.'), { statusCode: 503 });
  }

  async function writeChange(request, stored, row, changed) {
    const phoneChanges = changed.includes('phone');
    const before = tokensOf(stored);
    const after = tokensOf(row);
    const [updated] = await database.write(
      phoneChanges ? 'update with phone' : 'update',
      phoneChanges ? statements.updateWithPhone : statements.update,
      [
        request.caller.tenant,
        stored.id,
        stored.version,
        phoneChanges ? randomUUID() : stored.household_id,
        ...valuesOf(row),
        ...auditValues(request, 'patients.update', { fields: changed }),
        without(after, before),
        without(before, after),
      ],
    );
    return updated;
  }

  async function changeBare(request, today) {
    const { tenant } = request.caller;
    const given = columnsOf(request.body, today);
    const names = Object.keys(given).sort();
    if (!names.length) return readOne(tenant, request.params.id);
    const values = [tenant, request.params.id, ...names.map((name) => given[name])];
    return (await database.write(`update ${names}`, statements.updateBare(names), values))[0];
  }

  return { readOne, create, createBare, change, changeBare };
}

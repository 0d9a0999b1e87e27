import { ageOn, todayIn } from './calendar.js';
import { invalid } from './input.js';
import { readPage } from './page.js';
import { schemas } from './schemas.js';
import { writes } from './writes.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const path = '/api/v1/patients';

const notFound = () => Object.assign(new Error('Not found.'), { statusCode: 404 });

// Adds to a row what is computed; the writer takes the fields that its schema names.
function present(row, today) {
  row.age = ageOn(today, row.born_on);
  row.date_of_birth = row.dob_precision === 'day' ? row.born_on : null;
  return row;
}

function presentOr404(row, today) {
  if (!row) throw notFound();
  return present(row, today);
}

async function checkId(request) {
  if (!uuid.test(request.params.id)) throw notFound();
}

export async function patientRoutes(app, { database, bare }) {
  const patients = writes(database);
  const create = bare ? patients.createBare : patients.create;
  const change = bare ? patients.changeBare : patients.change;
  const needs = (permission, schema) => ({ schema, config: { permission } });

  app.get(path, needs('patients.read', schemas.list), async (request) => {
    const { tenant, timeZone } = request.caller;
    const page = await readPage(database, tenant, request.query);
    if (!page) throw invalid('cursor: This is not a cursor of this list.');
    const today = todayIn(timeZone);
    for (const row of page.results) present(row, today);
    return page;
  });

  app.get(
    `${path}/:id`,
    { ...needs('patients.read', schemas.retrieve), preHandler: checkId },
    async (request) => {
      const { tenant, timeZone } = request.caller;
      return presentOr404(await patients.readOne(tenant, request.params.id), todayIn(timeZone));
    },
  );

  app.post(path, needs('patients.create', schemas.create), async (request, reply) => {
    const today = todayIn(request.caller.timeZone);
    const row = await create(request, today);
    reply.code(201).header('Location', `${path}/${row.id}`);
    return present(row, today);
  });

  app.patch(
    `${path}/:id`,
    { ...needs('patients.update', schemas.update), preHandler: checkId },
    async (request) => {
      const today = todayIn(request.caller.timeZone);
      return presentOr404(await change(request, today), today);
    },
  );
}

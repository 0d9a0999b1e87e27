import Fastify from 'fastify';

import { authenticator } from './access.js';
import { openDatabase } from './database.js';
import { patientRoutes } from './patients/routes.js';

export function buildApp() {
  const database = openDatabase(process.env.DATABASE_URL);
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  app.decorateRequest('caller', null);
  app.addHook('onRequest', authenticator(database));
  app.addHook('onClose', () => database.close());
  app.register(patientRoutes, { database, bare: process.env.BARE === '1' });
  return app;
}

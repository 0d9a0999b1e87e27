// One process a core behind one port. Ends with its children on SIGTERM.
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';

import { buildApp } from './app.js';

const stopSignals = ['SIGTERM', 'SIGINT'];

function runPrimary() {
  let stopping = false;
  for (let i = 0; i < availableParallelism(); i++) cluster.fork();
  cluster.on('exit', () => {
    if (!stopping) process.exit(1);
  });
  for (const signal of stopSignals) {
    process.on(signal, () => {
      stopping = true;
      for (const worker of Object.values(cluster.workers)) worker.kill('SIGTERM');
    });
  }
}

async function runWorker() {
  const app = buildApp();
  process.on('SIGTERM', async () => {
    await app.close();
    process.exit(0);
  });
  process.on('SIGINT', () => {}); // the primary passes it on as SIGTERM
  await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
}

if (cluster.isPrimary) runPrimary();
else await runWorker();

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Authority, makeAuthority } from './authority';

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../../..');

/** No real host, and not localhost, where browsers trust plain http too. */
const HOST = 'terrace.test';
/** Below it lie the domains that clinics bring along. */
export const OWN_DOMAINS = 'own.example';

export interface TlsStack {
  host: string;
  port: number;
  /** Where plain http is answered. */
  httpPort: number;
  origin: string;
  authority: Authority;
}

/** Runs `bin/up` as in production, behind TLS, with a home, a database and ports of its own. */
export async function withTlsStack(use: (stack: TlsStack) => Promise<void>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'terrace-tls-'));
  chmodSync(folder, 0o755); // As root, the database runs as another user.
  const authority = makeAuthority(folder, HOST, OWN_DOMAINS);
  const port = await freePort();
  const httpPort = await freePort();
  const stack = { host: HOST, port, httpPort, origin: `https://${HOST}:${port}`, authority };
  const settings = {
    TERRACE_ENV: 'production',
    TERRACE_HOME: path.join(folder, 'home'),
    TERRACE_SECRET: randomBytes(32).toString('hex'),
    TERRACE_ORIGIN: stack.origin,
    TERRACE_PORT: port,
    TERRACE_HTTP_PORT: httpPort,
    TERRACE_API_PORT: await freePort(),
    TERRACE_WEB_PORT: await freePort(),
    TERRACE_TLS_CERTIFICATE: authority.server.certificate,
    TERRACE_TLS_KEY: authority.server.key,
    TERRACE_DNS_SERVER: process.env.TERRACE_DNS_SERVER ?? '',
    TERRACE_CLUSTER_SETTINGS: 'fsync = off',
  };
  const bin = (command: string) => {
    const { PATH = '', HOME = '' } = process.env;
    const environment = Object.entries({ PATH, HOME, ...settings }).map((pair) => pair.join('='));
    const program = path.join(repository, 'bin', command);
    // With these variables and no others of ours.
    return run('env', ['-i', ...environment, program, ...(command === 'up' ? UP : [])]);
  };
  try {
    await bin('up');
    await use(stack);
  } finally {
    await bin('down');
    rmSync(folder, { recursive: true });
  }
}

const UP = ['--detach', '--demo', 'none'];

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (!address || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Authority, makeAuthority } from './authority';

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../../..');

/** No real host, and not localhost, where browsers trust plain http too. */
const HOST = 'terrace.test';

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
  const authority = makeAuthority(folder, HOST);
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
    TERRACE_CLUSTER_SETTINGS: 'fsync = off',
  };
  const bin = (command: string) => {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, ...settings } as unknown as NodeJS.ProcessEnv;
    return run(path.join(repository, 'bin', command), command === 'up' ? UP : [], { env });
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
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

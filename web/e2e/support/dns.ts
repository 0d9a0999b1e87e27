import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Publishes TXT records at the tests' own DNS server (tests/support/dns_server.py), which the API asks. */
export function publish(name: string, ...texts: string[]) {
  const folder = process.env.TERRACE_TEST_DNS_RECORDS ?? '';
  mkdirSync(folder, { recursive: true });
  const written = path.join(folder, `${name}.${process.pid}`);
  writeFileSync(written, JSON.stringify(texts));
  renameSync(written, path.join(folder, name));
}

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

export interface Authority {
  /** Of the authority itself: what a client has to trust. */
  certificate: string;
  server: { certificate: string; key: string };
  /** A home folder whose NSS database trusts the authority; Chromium reads it. */
  browserHome: string;
}

/** A certificate authority for this run, with a server certificate for `host`, all below it, and own domains. */
export function makeAuthority(folder: string, host: string, ownDomains: string): Authority {
  const file = (name: string) => path.join(folder, name);
  const make = (name: string, subject: string, parameters: string) =>
    run(
      `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 ${parameters}`,
      ...['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`), '-subj', `/CN=${subject}`],
    );
  make(
    'authority',
    'Authority of a test run',
    '-addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign',
  );
  make(
    'server',
    host,
    `-CA ${file('authority.pem')} -CAkey ${file('authority.key')} ` +
      `-addext basicConstraints=critical,CA:FALSE -addext subjectAltName=DNS:${host},DNS:*.${host},DNS:*.${ownDomains}`,
  );

  const database = `sql:${file('browser/.pki/nssdb')}`;
  mkdirSync(file('browser/.pki/nssdb'), { recursive: true });
  run(`certutil -N --empty-password -d ${database}`);
  run(`certutil -A -d ${database} -n authority -t C,, -i ${file('authority.pem')}`);

  return {
    certificate: file('authority.pem'),
    server: { certificate: file('server.pem'), key: file('server.key') },
    browserHome: file('browser'),
  };
}

/** `command` is split at its spaces; a temporary folder's path has none. */
function run(command: string, ...more: string[]) {
  const [program = '', ...parameters] = command.split(' ');
  execFileSync(program, [...parameters, ...more], { stdio: ['ignore', 'ignore', 'pipe'] });
}

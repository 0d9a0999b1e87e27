/**
 * Fails when a page of the desk, or on the way to it, sends more JavaScript than a phone should wait for: the sum
 * of the scripts in its HTML as nginx sends them (gzip -9), without the one for browsers that know no modules.
 *
 * Serves the build by itself, with an API of few answers behind it. That knows one patient and no other
 * object, so of the pages of one object only the patient's are measured.
 */
import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const LIMIT_KB = 170;

/** For who is not signed in yet. */
const BEFORE_SIGN_IN = ['/sign-in', '/sign-up'];

const root = path.dirname(import.meta.dirname);
const me = {
  user: { id: '1', email: 'a@b.example', full_name: 'A', locale: 'en' },
  tenant: {
    id: '1',
    slug: 'a',
    name: 'A',
    time_zone: 'Asia/Kolkata',
    origin: 'http://a.localhost',
  },
  role: { slug: 'owner', name: 'Owner' },
  permissions: ['patients.read', 'patients.create', 'organization.update'],
  tenants: [],
};
const page = { results: [], next: null, previous: null };
const organization = {
  ...me.tenant,
  locale: 'en-IN',
  logo: null,
  version: 1,
};
const patient = {
  id: '1',
  number: 1,
  version: 1,
  name: 'A',
  sex: 'female',
  age: 34,
  date_of_birth: '1992-02-29',
  dob_precision: 'day',
  phone: '+919812345678',
  phone_relation: 'self',
  guardian_name: null,
  email: null,
  address: null,
  city: 'Pune',
  pincode: '411001',
  household_id: '1',
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  archived_at: null,
};
const ANSWERS = {
  '/api/v1/auth/me': me,
  '/api/v1/organization': organization,
  '/api/v1/patients/1': patient,
};

const api = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(ANSWERS[request.url] ?? page));
});
await new Promise((resolve) => api.listen(0, '127.0.0.1', resolve));

const port = await freePort();
const web = spawn(process.execPath, [path.join(root, '.next/standalone/server.js')], {
  env: {
    ...process.env,
    NODE_ENV: 'production',
    HOSTNAME: '127.0.0.1',
    PORT: String(port),
    API_URL: `http://127.0.0.1:${api.address().port}`,
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});

try {
  for (const route of await deskRoutes()) await measure(route, '__Host-at=1');
  for (const route of BEFORE_SIGN_IN) await measure(route, '');
} finally {
  web.kill();
  api.close();
}

async function deskRoutes() {
  const files = await readdir(path.join(root, 'src/app/(app)/(desk)'), { recursive: true });
  return files
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => `/${path.dirname(file)}`.replace('/patients/[id]', '/patients/1'))
    .filter((route) => !route.includes('['))
    .sort();
}

async function measure(route, cookie) {
  const html = await whenUp(`http://127.0.0.1:${port}${route}`, cookie);
  const scripts = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)]
    .filter(([tag]) => !/\bnomodule\b/i.test(tag))
    .map(([, source]) => source.replace(/[?#].*$/, '').replace('/_next/', '.next/'));
  let bytes = 0;
  for (const script of new Set(scripts)) {
    bytes += (await stat(path.join(root, `${script}.gz`))).size;
  }
  console.log(`${route}: ${(bytes / 1000).toFixed(1)} kB of ${LIMIT_KB} kB JavaScript, gzipped`);
  if (scripts.length === 0 || bytes > LIMIT_KB * 1000) process.exitCode = 1;
}

async function whenUp(url, cookie) {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      const response = await fetch(url, { headers: { cookie }, redirect: 'manual' });
      if (response.status === 200) return await response.text();
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer with 200`);
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port: free } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

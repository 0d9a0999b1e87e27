import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, type SecureVersion } from 'node:tls';
import { promisify } from 'node:util';
import { hydrated, loseCookies, PASSWORD, signIn } from '../fixtures';
import { publish } from '../support/dns';
import { expect, test } from './fixtures';
import { OWN_DOMAINS, type TlsStack } from './stack';

const run = promisify(execFile);

test('a clinic signs up, adds a patient and comes back, all by https', async ({ page, clinic }) => {
  expect(clinic.origin).toMatch(/^https:/);
  const session = (await page.context().cookies(clinic.origin)).filter(({ name }) =>
    name.startsWith('__Host-'),
  );
  expect(session.map(({ name }) => name).sort()).toEqual(['__Host-at', '__Host-rt']);
  for (const cookie of session) {
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(cookie.domain).toBe(new URL(clinic.origin).hostname);
  }

  await page.getByRole('main').getByRole('link', { name: 'New patient' }).click();
  await page.getByLabel('Full name').fill('Asha Rao');
  await page.getByRole('radio', { name: 'Female' }).check();
  await page.getByRole('textbox', { name: 'Age', exact: true }).fill('34');
  await page.getByRole('button', { name: 'Save patient' }).click();
  await expect(page.getByRole('heading', { name: 'Asha Rao' })).toBeVisible();

  await loseCookies(page, clinic.origin, ['__Host-at']);
  const response = await page.goto(`${clinic.origin}/patients`);
  expect(response?.headers()['strict-transport-security']).toBe(
    'max-age=63072000; includeSubDomains',
  );
  await expect(page.getByRole('row', { name: /Asha Rao/ })).toBeVisible();
});

test('a clinic opens and signs in on a domain of its own', async ({ page, clinic, stack }) => {
  const domain = `${clinic.slug}.${OWN_DOMAINS}`;
  const origin = `https://${domain}:${stack.port}`;
  await page.goto(`${clinic.origin}/settings/organization`);
  await hydrated(page);
  await page.getByRole('textbox', { name: 'Domain', exact: true }).fill(domain);
  await page.getByRole('button', { name: 'Add domain' }).click();
  const value = await page.getByText(/^terrace-verification=[\w-]{43}$/).innerText();
  // The look that the page takes by itself is over: else it may find the record before the button is pressed.
  await expect(page.getByText('The record is not there yet.')).toBeVisible();
  publish(`_terrace.${domain}`, value);
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByText('Verified')).toBeVisible();

  await page.goto(origin);
  await signIn(page, clinic);
  await page.waitForURL(`${origin}/patients`);
  await expect(page.getByRole('heading', { name: 'Patients', exact: true })).toBeVisible();
  const names = (await page.context().cookies(origin)).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['__Host-at', '__Host-rt']));
  await loseCookies(page, origin, ['__Host-at']);
  const again = await page.goto(`${origin}/patients`);
  await expect(page.getByRole('heading', { name: 'Patients', exact: true })).toBeVisible();
  // Its sub-domains may be somebody else's, and without TLS.
  expect(again?.headers()['strict-transport-security']).toBe('max-age=63072000');
});

test('who types the address without https is led to it', async ({ stack }) => {
  for (const port of [stack.httpPort, stack.port]) {
    const plain = `http://asha.${stack.host}:${port}/patients?search=a`;
    const answer = await curl(stack, ['-D-', '-o', '/dev/null'], plain);
    expect(answer).toMatch(/^HTTP\/1\.1 308 /);
    expect(answer).toContain(
      `Location: https://asha.${stack.host}:${stack.port}/patients?search=a`,
    );
  }
});

test('a program that calls the API by plain http is refused, not led over', async ({ stack }) => {
  const url = `http://${stack.host}:${stack.httpPort}/api/v1/auth/login`;
  const answer = await curl(stack, ['-D-', '-d', '{}'], url);
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(answer).toContain('"code":"https_required"');
});

test('programs keep the session’s cookies by https, and send them nowhere else', async ({
  clinic,
  stack,
}, testInfo) => {
  const jar = ['-b', testInfo.outputPath('jar'), '-c', testInfo.outputPath('jar')];
  const api = `${clinic.origin}/api/v1/auth`;
  const json = ['-H', 'Content-Type: application/json', '-H', `Origin: ${clinic.origin}`];
  const body = JSON.stringify({ email: clinic.email, password: PASSWORD });

  const signedIn = await curl(stack, ['-D-', ...jar, ...json, '-d', body], `${api}/login`);
  expect(signedIn).toMatch(/^HTTP\/\S+ 200/);
  for (const name of ['__Host-at', '__Host-rt']) {
    const line = new RegExp(`^set-cookie: ${name}=.*`, 'im').exec(signedIn)?.[0];
    expect(line).toMatch(/; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    expect(line).not.toMatch(/domain/i);
  }

  expect(await curl(stack, jar, `${api}/me`)).toContain(clinic.email);
  expect(await curl(stack, jar, `${stack.origin}/api/v1/auth/me`)).toContain('"status":401');
  const plain = `http://${new URL(clinic.origin).hostname}:${stack.httpPort}/patients`;
  const sent = await curl(stack, ['-v', '--stderr', '-', ...jar], plain);
  expect(sent).toMatch(/^> GET \/patients/m);
  expect(sent).not.toMatch(/^> cookie:/im);
});

test('only TLS 1.2 and 1.3 are spoken, with forward secrecy', async ({ stack }) => {
  expect(await handshake(stack, 'TLSv1.3')).toBe('TLSv1.3');
  expect(await handshake(stack, 'TLSv1.2')).toBe('TLSv1.2');
  expect(await handshake(stack, 'TLSv1.1')).toMatch(/alert protocol version/);
  expect(await handshake(stack, 'TLSv1.2', 'AES128-GCM-SHA256')).toMatch(/handshake failure/);
});

/** What curl prints. Every host's name stands for this machine; its certificate is checked. */
async function curl({ authority }: TlsStack, options: string[], url: string) {
  const here = ['--connect-to', '::127.0.0.1:', '--cacert', authority.certificate];
  return (await run('curl', ['-sS', '--noproxy', '*', ...here, ...options, url])).stdout;
}

/** The version agreed on, or why there was none. */
function handshake({ host, port, authority }: TlsStack, version: SecureVersion, suites?: string) {
  return new Promise<string>((resolve) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      servername: host,
      ca: readFileSync(authority.certificate),
      minVersion: version,
      maxVersion: version,
      // Our own side may do what is out of date, so that it is the server that refuses.
      ciphers: suites ?? 'DEFAULT@SECLEVEL=0',
    });
    socket.on('error', (error: Error) => resolve(error.message));
    socket.on('secureConnect', () => {
      resolve(socket.getProtocol() ?? '');
      socket.end();
    });
  });
}

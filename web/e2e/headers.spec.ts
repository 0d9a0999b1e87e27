import { CspEvaluator } from 'csp_evaluator';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import type { Page } from '@playwright/test';
import { addPatients, expect, test } from './fixtures';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  server: 'nginx',
};
const BANNERS = ['x-powered-by', 'x-aspnet-version', 'via', 'x-middleware-set-cookie'];
const NOTHING = `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

interface Headers {
  status: number;
  [name: string]: string | number | undefined;
}

/** The headers of what the page gets from its own origin, redirects not followed. */
async function headersOf(page: Page, path: string, method = 'GET'): Promise<Headers> {
  return page.evaluate(
    async ([url, verb]) => {
      const response = await fetch(url, { method: verb, redirect: 'manual' });
      return { status: response.status, ...Object.fromEntries(response.headers) };
    },
    [path, method] as const,
  );
}

function expectSafe(headers: Record<string, string | number | undefined>) {
  expect(headers).toMatchObject(EVERYWHERE);
  for (const name of BANNERS) expect(headers).not.toHaveProperty(name);
  // One policy each: two would both have to be met.
  expect(headers['content-security-policy']).not.toContain(',');
  expect(headers['content-security-policy']).toContain(`frame-ancestors 'none'`);
  // Plain http, so far: a browser that is told to insist on https would lose the rest of localhost.
  expect(headers).not.toHaveProperty('strict-transport-security');
}

/** What Google's evaluator says, without its advice for browsers that know no nonces (before 2018). */
function weaknesses(policy: unknown) {
  return new CspEvaluator(new CspParser(String(policy)).csp)
    .evaluate()
    .filter(({ severity }) => severity !== Severity.STRICT_CSP && severity !== Severity.NONE)
    .map(({ directive, value }) => `${directive} ${value ?? ''}`);
}

test('a page with data is nobody else’s to keep, and its policy has no weakness', async ({
  page,
  clinic,
}) => {
  const [id] = await addPatients(page, [{ name: 'Asha Rao', sex: 'female', age: 34 }]);
  for (const path of [
    '/patients',
    `/patients/${id}`,
    '/patients/new',
    '/sign-in',
    '/api/docs',
    '/no/such/page',
  ]) {
    const response = await page.goto(clinic.origin + path);
    const headers = (await response?.allHeaders()) ?? {};
    expectSafe(headers);
    expect(headers['cache-control']).toMatch(/^private, .*no-store/);
    expect(headers['content-security-policy']).toMatch(
      /script-src 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic';/,
    );
    expect(headers['content-security-policy']).toMatch(
      /style-src-elem 'self' 'nonce-[A-Za-z0-9+/]{22}=='( 'sha256-[^']{44}')+;/,
    );
    expect(weaknesses(headers['content-security-policy'])).toEqual([]);
  }
});

test('the landing page may be kept, and allows its own scripts by their hashes', async ({
  page,
}) => {
  const headers = (await (await page.goto('/'))?.allHeaders()) ?? {};
  expectSafe(headers);
  expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate');
  expect(headers['content-security-policy']).toMatch(/script-src 'self'( 'sha256-[^']{44}')+;/);
  expect(headers['content-security-policy']).toMatch(/style-src-elem 'self'( 'sha256-[^']{44}')+;/);
  // 'self' is safe as long as no file of a user is served from this origin.
  expect(weaknesses(headers['content-security-policy'])).toEqual([`script-src 'self'`]);
});

test('the API’s answers, good and bad, may do nothing as a page and are not kept', async ({
  page,
  clinic,
}) => {
  expect(clinic.origin).toBeTruthy();
  for (const path of ['/api/v1/patients', '/api/v1/auth/me', '/api/v1/none', '/healthz']) {
    const headers = await headersOf(page, path);
    expectSafe(headers);
    expect(headers).toMatchObject({
      'content-security-policy': NOTHING,
      'cache-control': 'no-store',
    });
  }
  const refused = await headersOf(page, '/api/v1/patients', 'POST');
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expectSafe(refused);
  expect(Object.keys(refused).filter((name) => name.startsWith('access-control-'))).toEqual([]);
});

test('files are safe too, and those named by their content are kept for good', async ({ page }) => {
  await page.goto('/');
  const script = await page.locator('script[src]').first().getAttribute('src');
  const kept = await headersOf(page, script ?? '');
  expectSafe(kept);
  expect(kept['cache-control']).toBe('public, max-age=31536000, immutable');
  for (const path of ['/manifest.webmanifest', '/icons/icon.svg', '/robots.txt', '/sw.js']) {
    const headers = await headersOf(page, path);
    expect(headers.status).toBe(200);
    expectSafe(headers);
  }
  expectSafe(await headersOf(page, '/_next/static/none.js'));
});

test('a page is read and nothing else', async ({ page }) => {
  await page.goto('/');
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const refused = await headersOf(page, '/sign-in', method);
    expect(refused).toMatchObject({ status: 405, allow: 'GET, HEAD' });
    expectSafe(refused);
  }
});

test('nobody chooses a page’s nonce or steps past its proxy', async ({ page, clinic }) => {
  const forged = await page.evaluate(async () => {
    const response = await fetch('/patients', {
      headers: {
        'x-nonce': 'forged',
        'content-security-policy': `script-src 'nonce-forged'`,
        'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy',
        'x-session': 'down',
        'next-action': '00'.repeat(20),
      },
    });
    return { status: response.status, text: await response.text() };
  });
  expect(clinic.slug).toBeTruthy();
  expect(forged.status).toBe(200);
  expect(forged.text).not.toContain('forged');
  expect(forged.text).toMatch(/<script[^>]* nonce="[^"]{24}"/);
});

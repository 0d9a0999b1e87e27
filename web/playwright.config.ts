import { defineConfig } from '@playwright/test';
import { CHROMIUM } from './scripts/support/chromium.mjs';

/** Runs against a started stack (bin/test e2e), through nginx, in the system's Chromium. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    baseURL: process.env.TERRACE_TEST_ORIGIN ?? 'http://localhost:18000',
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        // Domains that clinics of the tests bring along, over plain http trusted as localhost is, but for Secure cookies.
        '--host-resolver-rules=MAP *.own.example 127.0.0.1',
        '--unsafely-treat-insecure-origin-as-secure=*.own.example',
      ],
    },
  },
  projects: [
    // A stack of its own, behind TLS; first, since one worker has to wait until it is up.
    { name: 'tls', testMatch: 'tls/*.spec.ts', use: { viewport: { width: 1280, height: 800 } } },
    {
      name: 'phone',
      fullyParallel: true,
      // Headers, sessions and what a page waits for are the same for every screen; the API's reference is looked at in
      // both sizes there.
      testIgnore: ['tls/**', /(headers|session|first-paint|api-docs)\.spec\.ts$/],
      use: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
    },
    {
      name: 'desktop',
      fullyParallel: true,
      testIgnore: 'tls/**',
      use: { viewport: { width: 1280, height: 800 } },
    },
  ],
});

/**
 * Lighthouse with its phone profile (a slow phone on slow 4G) on the main pages of a running `bin/up`.
 * Prints the median of some runs, keeps it with each run's figures in bench/results/, and fails below 95
 * in a category or at an LCP of 1.5 s. It measures time, so it wants an idle machine and is no part of bin/test.
 *
 * `npm run lighthouse`, or `npm run lighthouse -- 5` for five runs a page. `npm run lighthouse -- 5 devtools`
 * slows line and processor down while the page loads; without, Lighthouse loads it at full speed and estimates.
 */
import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import { demoClinic, firstPatient, freshBrowser, origin, signIn } from '../support/demo.mjs';
import { keep } from './results.mjs';

const LEAST_SCORE = 95;
const LCP_MS = 1500;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const METRICS = {
  FCP: 'first-contentful-paint',
  LCP: 'largest-contentful-paint',
  TBT: 'total-blocking-time',
  CLS: 'cumulative-layout-shift',
  bytes: 'total-byte-weight',
};

const runs = Number(process.argv[2] ?? 3);
const throttlingMethod = process.argv[3] ?? 'simulate';
const clinic = await demoClinic();
const pages = [
  { name: 'landing', url: async () => `${origin}/` },
  { name: 'sign-in', url: async () => `${origin}/sign-in` },
  { name: 'patients (home)', signedIn: true, url: async () => `${clinic.origin}/patients` },
  {
    name: 'patient',
    signedIn: true,
    url: async (page) => clinic.origin + (await firstPatient(page)),
  },
];

const found = {};
let environment;
for (const { name, ...page } of pages) {
  const visits = [];
  for (let run = 0; run < runs; run += 1) visits.push(await audit(page));
  const names = Object.keys(visits[0]);
  const middle = (figure) => median(visits.map((visit) => visit[figure]));
  found[name] = {
    median: Object.fromEntries(names.map((figure) => [figure, middle(figure)])),
    visits,
  };
}
console.table(Object.fromEntries(Object.entries(found).map(([name, page]) => [name, page.median])));

const bars = Object.entries(found).flatMap(([name, page]) => [
  ...CATEGORIES.map((category) => {
    const score = page.median[category];
    return {
      what: `${name}: ${category}`,
      wanted: `>= ${LEAST_SCORE}`,
      measured: score,
      holds: score >= LEAST_SCORE,
    };
  }),
  {
    what: `${name}: LCP`,
    wanted: `< ${LCP_MS} ms`,
    measured: page.median.LCP,
    holds: page.median.LCP < LCP_MS,
  },
]);
for (const { what, wanted, measured, holds } of bars) {
  if (holds) continue;
  console.error(`${what}: ${measured}, wanted ${wanted}`);
  process.exitCode = 1;
}
const kept = await keep({
  slowed: throttlingMethod === 'devtools',
  runs,
  environment,
  pages: found,
  bars,
});
console.log(`Kept: ${kept}.md and .json`);

/** One visit with an empty profile; a signed-in one has cookies and nothing else. */
async function audit({ url, signedIn = false }) {
  const port = await freePort();
  const browser = await freshBrowser({ args: [`--remote-debugging-port=${port}`] });
  try {
    const page = await browser.newPage();
    if (signedIn) await signIn(page, clinic);
    const address = await url(page);
    await forgetFiles(page);
    const { lhr } = await lighthouse(address, {
      port,
      onlyCategories: CATEGORIES,
      // What is behind the sign-in is kept out of search engines on purpose.
      skipAudits: signedIn ? ['is-crawlable'] : null,
      logLevel: 'error',
      disableStorageReset: true,
      throttlingMethod,
    });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    environment ??= {
      lighthouse: lhr.lighthouseVersion,
      browser: /Chrome\/([\d.]+)/.exec(lhr.environment.hostUserAgent)?.[1],
      benchmarkIndex: lhr.environment.benchmarkIndex,
    };
    const score = (category) => Math.round(lhr.categories[category].score * 100);
    const metric = (audit) => {
      const value = lhr.audits[audit].numericValue;
      return value < 1 ? Number(value.toFixed(3)) : Math.round(value);
    };
    return {
      ...Object.fromEntries(CATEGORIES.map((category) => [category, score(category)])),
      ...Object.fromEntries(Object.entries(METRICS).map(([name, audit]) => [name, metric(audit)])),
    };
  } finally {
    await browser.close();
  }
}

/** Everything that would make a second visit faster than the first; the session stays. */
async function forgetFiles(page) {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Network.clearBrowserCache');
  await browser.send('Storage.clearDataForOrigin', {
    origin: clinic.origin,
    storageTypes: 'service_workers,cache_storage',
  });
  await page.close();
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

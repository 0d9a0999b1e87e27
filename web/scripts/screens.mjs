/**
 * Takes docs/screens/ anew from a running `bin/up` with its demo data: the main screens on a phone, a
 * tablet and a desk, light and dark. Fails when a picture is larger than a repository should carry.
 */
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { demoClinic, firstPatient, freshBrowser, origin, signIn } from './support/demo.mjs';

const LIMIT_KB = 150;
const SIZES = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1280, height: 800 },
];

const folder = path.resolve(import.meta.dirname, '../../docs/screens');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const clinic = await demoClinic();
let largest = 0;
for (const colorScheme of ['light', 'dark']) {
  const browser = await freshBrowser({ colorScheme, reducedMotion: 'reduce' });
  const page = await browser.newPage();
  await take(page, 'landing', `${origin}/`, colorScheme);
  await take(page, 'sign-in', `${clinic.origin}/sign-in`, colorScheme);
  await signIn(page, clinic);
  const patient = await firstPatient(page);
  await take(page, 'patients', `${clinic.origin}/patients`, colorScheme);
  await take(page, 'patient', clinic.origin + patient, colorScheme);
  await take(page, 'new-patient', `${clinic.origin}/patients/new`, colorScheme);
  await take(page, 'organization', `${clinic.origin}/settings/organization`, colorScheme);
  await browser.close();
}
console.log(`docs/screens: the largest picture has ${largest} kB`);
if (largest > LIMIT_KB) process.exitCode = 1;

async function take(page, name, url, colorScheme) {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    const file = path.join(folder, `${name}-${size.width}-${colorScheme}.png`);
    await page.screenshot({ path: file });
    largest = Math.max(largest, Math.round((await stat(file)).size / 1000));
  }
}

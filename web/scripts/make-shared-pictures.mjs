/**
 * Makes the pictures that a shared link to the landing page has, from its words and its look. Run it by hand when those
 * change: `node scripts/make-shared-pictures.mjs`. Fails when a picture is larger than WhatsApp is sure to show.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { CHROMIUM } from './support/chromium.mjs';
import { brand, mark } from './support/mark.mjs';

const LIMIT_KB = 100;
const SIZE = { width: 1200, height: 630 };

const root = path.dirname(import.meta.dirname);
const inter = await font('inter/files/inter-latin-wght-normal.woff2');
const devanagari = await font(
  'noto-sans-devanagari/files/noto-sans-devanagari-devanagari-wght-normal.woff2',
);

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: SIZE });
for (const language of ['en', 'hi']) {
  const { site } = JSON.parse(await readFile(path.join(root, `messages/${language}.json`), 'utf8'));
  await page.setContent(documentOf(site));
  await page.evaluate(() => document.fonts.ready);
  const file = path.join(root, `public/icons/shared-${language}.png`);
  await page.screenshot({ path: file });
  const { size } = await stat(file);
  console.log(`${path.relative(root, file)}: ${Math.round(size / 1000)} kB`);
  if (size > LIMIT_KB * 1000) process.exitCode = 1;
}
await browser.close();

async function font(file) {
  const bytes = await readFile(path.join(root, 'node_modules/@fontsource-variable', file));
  return `url(data:font/woff2;base64,${bytes.toString('base64')})`;
}

/** The family on one phone, as the landing page shows it. */
function familyOf(site) {
  return ['family1', 'family2', 'family3']
    .map(
      (person) => `
        <li>
          <div><b>${site[`${person}Name`]}</b><span>${site[`${person}About`]}</span></div>
          <div class="phone"><span><mark>98450</mark> 71326</span><span>${site[`${person}Whose`]}</span></div>
        </li>`,
    )
    .join('');
}

function documentOf(site) {
  return `
    <style>
      @font-face { font-family: Inter; src: ${inter}; font-weight: 100 900 }
      @font-face { font-family: Deva; src: ${devanagari}; font-weight: 100 900; unicode-range: U+0900-097F }
      * { box-sizing: border-box; margin: 0; padding: 0 }
      body {
        display: grid; grid-template-columns: 1fr 500px; gap: 48px; align-items: center;
        height: 100vh; padding: 64px; border-top: 14px solid ${brand};
        background: #faf9f6; color: #1d2329; font: 24px/1.4 Deva, Inter
      }
      header { display: flex; align-items: center; gap: 16px; font-size: 32px; font-weight: 600 }
      header svg { width: 64px; height: 64px }
      h1 { margin-top: 32px; font-size: 56px; line-height: 1.2; font-weight: 600; letter-spacing: -0.015em; text-wrap: balance }
      section { overflow: hidden; border: 2px solid #e4e1da; border-radius: 20px; background: #fff }
      section > p { padding: 20px 26px; border-bottom: 2px solid #e4e1da; background: #faf9f6; font-size: 28px }
      section > p::after { content: ''; display: inline-block; width: 3px; height: 30px; margin-left: 4px; vertical-align: -5px; background: ${brand} }
      li { display: flex; justify-content: space-between; gap: 16px; padding: 20px 26px; list-style: none }
      li:not(:last-child) { border-bottom: 2px solid #e4e1da }
      li:first-child { background: #dff0ee }
      li span { display: block; color: #5a6068; font-size: 21px }
      b { font-weight: 500 }
      .phone { text-align: right; white-space: nowrap }
      mark { background: none; color: ${brand}; font-weight: 600 }
    </style>
    <div>
      <header><svg viewBox="0 14 100 74">${mark(brand)}</svg>Terrace Clinic</header>
      <h1>${site.heroTitle}</h1>
    </div>
    <section><p>${site.vignetteSearch}</p><ol>${familyOf(site)}</ol></section>`;
}

/**
 * Makes the committed binary assets from their sources: the PNG icons from the mark, and the cuts
 * of fonts in src/fonts. Run it by hand when either changes: `node scripts/make-assets.mjs`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import subsetFont from 'subset-font';
import { CHROMIUM } from './support/chromium.mjs';
import { brand, mark } from './support/mark.mjs';

const root = path.dirname(import.meta.dirname);

const icon = ({ radius, scale }) => `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
    <rect width="100" height="100" rx="${radius}" fill="${brand}"/>
    <g transform="translate(50 50) scale(${scale}) translate(-50 -53)">${mark('#ffffff')}</g>
  </svg>`;

const icons = [
  { file: 'public/icons/icon-192.png', size: 192, radius: 22, scale: 0.8 },
  { file: 'public/icons/icon-512.png', size: 512, radius: 22, scale: 0.8 },
  { file: 'public/icons/maskable-512.png', size: 512, radius: 0, scale: 0.62 },
  { file: 'public/icons/apple-180.png', size: 180, radius: 0, scale: 0.72 },
];

await mkdir(path.join(root, 'public/icons'), { recursive: true });
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const { file, size, ...shape } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>${icon(shape)}`,
  );
  await page.screenshot({ path: path.join(root, file), omitBackground: true });
  await page.close();
}
await browser.close();
await writeFile(
  path.join(root, 'public/icons/icon.svg'),
  icon({ radius: 22, scale: 0.8 }).trim() + '\n',
);

// By weight, what the design uses; by letters, all of Inter's latin file, and what a single word needs.
const WEIGHTS = { wght: { min: 400, max: 700 } };
await cut('inter/files/inter-latin-wght-normal.woff2', await latin(), 'inter-latin.woff2', WEIGHTS);
await cut('inter/files/inter-latin-ext-wght-normal.woff2', '₹', 'inter-rupee.woff2');
await cut(
  'noto-sans-devanagari/files/noto-sans-devanagari-devanagari-wght-normal.woff2',
  'हिन्दी',
  'noto-hindi.woff2',
  WEIGHTS,
);

async function cut(source, text, file, variationAxes) {
  const font = await readFile(path.join(root, 'node_modules/@fontsource-variable', source));
  await writeFile(
    path.join(root, 'src/fonts', file),
    await subsetFont(font, text, { targetFormat: 'woff2', variationAxes }),
  );
}

/** The characters of Fontsource's range "latin", as CSS writes it: U+0000-00FF, U+0131, … */
async function latin() {
  const file = path.join(root, 'node_modules/@fontsource-variable/inter/unicode.json');
  const ranges = JSON.parse(await readFile(file, 'utf8')).latin.match(/[0-9A-F]+(-[0-9A-F]+)?/g);
  let characters = '';
  for (const range of ranges) {
    const [first, last = first] = range.split('-').map((code) => parseInt(code, 16));
    for (let code = first; code <= last; code += 1) characters += String.fromCodePoint(code);
  }
  return characters;
}

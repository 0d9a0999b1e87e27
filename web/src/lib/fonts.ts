import localFont from 'next/font/local';

const inter = localFont({
  src: '../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  variable: '--font-inter',
});

// Inter's latin file has no rupee sign. This cut of its latin-ext file has nothing else
// (scripts/make-assets.mjs), so that an English page does not fetch a whole second font for it.
const rupee = localFont({
  src: '../fonts/inter-rupee.woff2',
  weight: '100 900',
  display: 'swap',
  variable: '--font-rupee',
  adjustFontFallback: false,
  preload: false,
  declarations: [{ prop: 'unicode-range', value: 'U+20B9' }],
});

const devanagari = localFont({
  src: '../../node_modules/@fontsource-variable/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  variable: '--font-devanagari',
  adjustFontFallback: false,
  preload: false,
  declarations: [
    {
      prop: 'unicode-range',
      value: 'U+0900-097F,U+1CD0-1CF9,U+200C-200D,U+20A8,U+20F0,U+25CC,U+A830-A839,U+A8E0-A8FF',
    },
  ],
});

export const fontClasses = `${inter.variable} ${rupee.variable} ${devanagari.variable}`;

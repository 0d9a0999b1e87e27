import localFont from 'next/font/local';

// Inter's latin file with the weights that the design uses (scripts/make-assets.mjs). Until it is there, a font of the
// system with its measures stands in for it (globals.css).
const inter = localFont({
  src: '../fonts/inter-latin.woff2',
  weight: '400 700',
  display: 'swap',
  variable: '--font-inter',
  fallback: ['Inter Fallback'],
  adjustFontFallback: false,
});

// Inter's latin file has no rupee sign. This cut of its latin-ext file has nothing else, so that an English page does not
// fetch a whole second font for it.
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

// The one Hindi word of an English page is the name of the language in its switch (globals.css): 3.6 kB that have
// its letters, instead of the 121 kB above.
const hindiName = localFont({
  src: '../fonts/noto-hindi.woff2',
  weight: '400 700',
  display: 'swap',
  variable: '--font-hindi-name',
  adjustFontFallback: false,
  preload: false,
  // Not of the space, so that Inter stays the font that the line is measured by.
  declarations: [{ prop: 'unicode-range', value: 'U+0900-097F' }],
});

export const fontClasses = [inter, rupee, devanagari, hindiName]
  .map(({ variable }) => variable)
  .join(' ');

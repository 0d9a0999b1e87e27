import type { Viewport } from 'next';
import type { ReactNode } from 'react';
import { fontClasses } from '@/lib/fonts';
import { THEME_SCRIPT } from '@/lib/theme';
import './globals.css';

export const documentViewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf9f6' },
    { media: '(prefers-color-scheme: dark)', color: '#12161a' },
  ],
};

interface HtmlDocumentProps {
  locale: string;
  /** Of rendered pages; a static page's script is allowed by its hash. */
  nonce?: string;
  children: ReactNode;
}

/** What the root layouts of the groups of routes have in common. */
export function HtmlDocument({ locale, nonce, children }: HtmlDocumentProps) {
  return (
    <html lang={locale} className={fontClasses} suppressHydrationWarning>
      <head>
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }}
        />
      </head>
      <body className="antialiased">{children}</body>
    </html>
  );
}

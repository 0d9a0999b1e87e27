import type { Metadata } from 'next';

export const icons: Metadata['icons'] = {
  icon: [
    { url: '/icons/icon.svg', type: 'image/svg+xml' },
    { url: '/icons/icon-192.png', type: 'image/png', sizes: '192x192' },
  ],
  apple: '/icons/apple-180.png',
};

/** Where a person is signed in at a clinic's host, the desk's layout links to it with their session. */
export const manifest = '/manifest.webmanifest';

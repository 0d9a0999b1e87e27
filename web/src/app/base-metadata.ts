import type { Metadata } from 'next';

export const icons: Metadata['icons'] = {
  icon: [
    { url: '/icons/icon.svg', type: 'image/svg+xml' },
    { url: '/icons/icon-192.png', type: 'image/png', sizes: '192x192' },
  ],
  apple: '/icons/apple-180.png',
};

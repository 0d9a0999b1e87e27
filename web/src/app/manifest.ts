import type { MetadataRoute } from 'next';

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'Terrace Clinic',
    short_name: 'Terrace',
    description: 'The patient register at your front desk.',
    start_url: '/patients',
    scope: '/',
    display: 'standalone',
    background_color: '#faf9f6',
    theme_color: '#0b6460',
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}

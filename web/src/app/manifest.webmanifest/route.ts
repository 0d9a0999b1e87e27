import type { MetadataRoute } from 'next';
import { findMe } from '@/server/api';
import { isRootHost } from '@/server/hosts';

/**
 * What the installed app is called, and looks like. At a clinic's host it has the clinic's name, for who is signed in there:
 * nobody else is told who has an address.
 */
export async function GET(request: Request) {
  const atClinic = !isRootHost(request.headers.get('host') ?? '');
  const clinic = atClinic ? (await findMe())?.tenant : undefined;
  const manifest: MetadataRoute.Manifest = {
    id: '/',
    ...(clinic ? { name: clinic.name } : { name: 'Terrace Clinic', short_name: 'Terrace' }),
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
  return Response.json(manifest, {
    headers: { 'content-type': 'application/manifest+json', 'cache-control': 'private, no-store' },
  });
}

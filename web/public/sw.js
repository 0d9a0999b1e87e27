/*
 * Keeps the app's own immutable files and an offline page. Answers of the API and pages are never
 * kept: they hold patients' data.
 */
const SHELL = 'terrace-shell-2';
const ASSETS = 'terrace-assets-1';
const MOST_ASSETS = 120;
const OFFLINE = ['/offline.html', '/offline.css', '/icons/icon.svg'];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(OFFLINE)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name !== SHELL && name !== ASSETS))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/_next/static/')) event.respondWith(asset(request));
  else if (OFFLINE.includes(url.pathname)) event.respondWith(shell(request));
  else if (request.mode === 'navigate') event.respondWith(page(request));
});

async function asset(request) {
  const cache = await caches.open(ASSETS);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    await cache.put(request, response.clone());
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, -MOST_ASSETS).map((key) => cache.delete(key)));
  }
  return response;
}

async function shell(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match('/offline.html')) ?? Response.error();
  }
}

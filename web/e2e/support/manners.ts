import type { BrowserContext, ConsoleMessage, Response } from '@playwright/test';

/** What clinics of the tests bring along (playwright.config.ts leads it to this machine). */
const OWN_DOMAINS = '.own.example';

/** Of this run: every rendered page has its own. */
const seenNonces = new Set<string>();

/**
 * Watches all pages of a context for what no page may do: break its content policy, throw, complain in
 * the console, lack a part, call another host than the one origin, or be rendered with a used nonce.
 * Returns the list that fills with what was found.
 */
export async function watchManners(context: BrowserContext, root: URL): Promise<string[]> {
  const faults: string[] = [];
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy broken: ${event.violatedDirective} by ${event.blockedURI}`);
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message)) faults.push(message.text());
  });
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('request', (request) => {
    if (!isOurs(new URL(request.url()), root)) faults.push(`request to ${request.url()}`);
  });
  context.on('response', (response) => {
    if (isBrokenPart(response)) faults.push(`${response.status()} for ${response.url()}`);
    const nonce = nonceOf(response);
    if (nonce && seenNonces.has(nonce)) faults.push(`nonce used twice: ${response.url()}`);
    if (nonce) seenNonces.add(nonce);
  });
  return faults;
}

/** Chromium notes each answer from 400 on, and each try while the test is offline: the test's own subject. */
function isRefusal(message: ConsoleMessage) {
  return /^Failed to load resource: (the server responded with a status of [45]|net::ERR_(INTERNET_DISCONNECTED|FAILED)$)/.test(
    message.text(),
  );
}

/** A script, style, font or image that is missing; pages and the API may refuse. */
function isBrokenPart(response: Response) {
  const refusing = ['document', 'fetch', 'xhr'];
  return response.status() >= 400 && !refusing.includes(response.request().resourceType());
}

function isOurs({ protocol, hostname, port }: URL, root: URL) {
  if (!protocol.startsWith('http')) return true;
  const ourHost =
    hostname === root.hostname ||
    hostname.endsWith(`.${root.hostname}`) ||
    hostname.endsWith(OWN_DOMAINS);
  return ourHost && port === root.port;
}

function nonceOf(response: Response) {
  if (!response.request().isNavigationRequest() || response.fromServiceWorker()) return undefined;
  return /'nonce-([^']+)'/.exec(response.headers()['content-security-policy'] ?? '')?.[1];
}

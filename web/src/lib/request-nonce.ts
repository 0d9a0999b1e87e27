import { headers } from 'next/headers';

/** The nonce that proxy.ts made for this page. */
export async function requestNonce(): Promise<string | undefined> {
  return (await headers()).get('x-nonce') ?? undefined;
}

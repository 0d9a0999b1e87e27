import { expect, test as base } from '../fixtures';
import { OWN_DOMAINS, type TlsStack, withTlsStack } from './stack';

export { expect };

/** As elsewhere, but on a stack behind TLS and in a browser that trusts its authority. */
export const test = base.extend<object, { stack: TlsStack }>({
  stack: [
    // Playwright reads the names of fixtures here: none is needed.
    async ({}, use) => withTlsStack(use),
    { scope: 'worker', timeout: 300_000 },
  ],
  launchOptions: [
    async ({ launchOptions, stack: { host, authority } }, use) => {
      const rules = [host, `*.${host}`, `*.${OWN_DOMAINS}`].map((name) => `MAP ${name} 127.0.0.1`);
      const names = `--host-resolver-rules=${rules.join(', ')}`;
      await use({
        ...launchOptions,
        args: [...(launchOptions.args ?? []), names],
        env: { ...process.env, HOME: authority.browserHome },
      });
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ stack }, use) => use(stack.origin),
});

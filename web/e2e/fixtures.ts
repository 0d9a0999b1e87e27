import { test as base, expect } from '@playwright/test';
import { sidewaysBy } from './support/browser';
import { type Clinic, newClinic, openClinic } from './support/clinics';
import { watchContract } from './support/contract';
import { watchManners } from './support/manners';

export * from './support/browser';
export * from './support/clinics';
export { expect };

interface Fixtures {
  /** The origin of the root host. */
  root: string;
  /** Fails a test whose pages misbehave (support/manners.ts) or are wider than the screen. */
  manners: void;
  /** Fails a test that got an answer of the API which openapi.json does not describe. */
  contract: void;
  /** A clinic just made, its owner signed in, on its patient list. */
  clinic: Clinic;
}

export const test = base.extend<Fixtures>({
  root: async ({ baseURL }, use) => {
    await use(new URL(baseURL ?? '').origin);
  },
  manners: [
    async ({ context, page, root }, use) => {
      const faults = await watchManners(context, new URL(root));
      await use();
      expect(faults).toEqual([]);
      expect(await sidewaysBy(page)).toBeLessThanOrEqual(0);
    },
    { auto: true },
  ],
  contract: [
    async ({ context }, use) => {
      const faults = watchContract(context);
      await use();
      expect(await faults()).toEqual([]);
    },
    { auto: true },
  ],
  clinic: async ({ page, root }, use) => {
    const clinic = newClinic(root);
    await openClinic(page, clinic);
    await use(clinic);
  },
});

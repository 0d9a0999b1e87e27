import nextJest from 'next/jest.js';

const createJestConfig = nextJest({ dir: import.meta.dirname });

/** Published as ES modules only. */
const ESM =
  'next-intl|use-intl|icu-minify|intl-messageformat|@formatjs|msw|@mswjs|until-async|rettime|@open-draft|@bundled-es-modules|tough-cookie|@tanstack';

const config = await createJestConfig({
  testEnvironment: 'jest-fixed-jsdom',
  testTimeout: 30_000,
  testEnvironmentOptions: { url: 'http://asha.localhost:8000/' },
  setupFilesAfterEnv: ['<rootDir>/src/test/setup.ts'],
  testMatch: ['<rootDir>/src/**/*.test.{ts,tsx}'],
  modulePathIgnorePatterns: ['<rootDir>/.next/'],
  moduleNameMapper: {
    '^next/navigation$': '<rootDir>/src/test/next-navigation.ts',
    '^@/(.*)$': '<rootDir>/src/$1',
  },
})();

// next/jest puts patterns of its own first, which would leave these packages untransformed.
config.transformIgnorePatterns = [
  `/node_modules/(?!(?:.*/)?(?:${ESM})/)`,
  '^.+\\.module\\.(css|sass|scss)$',
];

export default config;

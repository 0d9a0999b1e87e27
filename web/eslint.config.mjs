import nextVitals from 'eslint-config-next/core-web-vitals';
import importX from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * Arrows point one way: app → features → resource → forms → session → ui → lib, api, i18n. What only the web server runs
 * stands aside: it knows no more than these last.
 */
const zone = (target, ...from) => ({
  target: `./src/${target}`,
  from: from.map((folder) => `./src/${folder}`),
});
const LAYERS = [
  zone('resource', 'app', 'features'),
  zone('forms', 'app', 'features', 'resource', 'server'),
  zone('session', 'app', 'features', 'resource', 'forms', 'server'),
  zone('ui', 'app', 'features', 'resource', 'forms', 'session', 'server'),
  ...['lib', 'api', 'i18n'].map((folder) =>
    zone(folder, 'app', 'features', 'resource', 'forms', 'session', 'ui', 'server'),
  ),
  zone('server', 'app', 'features', 'resource', 'forms', 'session', 'ui'),
  zone('features/patients', 'features/auth', 'features/site'),
];

export default defineConfig([
  globalIgnores(['.next/', 'next-env.d.ts', 'src/api/schema.d.ts', 'public/', 'test-results/']),
  ...nextVitals,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // What the compiler is told to believe it does not check: no cast, no `any`, no `!`.
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    plugins: { 'import-x': importX },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      'import-x/resolver': { typescript: true },
    },
    rules: {
      // eslint-plugin-jsx-a11y is registered by Next's own configuration; its rules are made strict here.
      ...jsxA11y.flatConfigs.strict.rules,
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': ['error', { zones: LAYERS, basePath: import.meta.dirname }],
      'no-console': ['error', { allow: ['error'] }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.tsx'],
    // What stands in the first is what the rule asks for; a search belongs into the address.
    ignores: ['src/ui/form.tsx', 'src/resource/list/search-box.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "JSXOpeningElement[name.name='form']", message: 'Take Form of ui/form.tsx.' },
      ],
    },
  },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
  // Playwright's fixtures are handed over by a function called `use`.
  { files: ['e2e/**'], rules: { 'react-hooks/rules-of-hooks': 'off' } },
  {
    // They stand where the app does not, and load a whole document.
    files: ['src/app/global-error.tsx', 'src/features/shell/page-{error,missing}.tsx'],
    rules: { '@next/next/no-html-link-for-pages': 'off', '@next/next/no-css-tags': 'off' },
  },
]);

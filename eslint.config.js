import tseslint from 'typescript-eslint'
import reactHooks from 'eslint-plugin-react-hooks'

const noClockOrChance = [
  { object: 'Date', property: 'now', message: 'The core is pure: take the time as an argument.' },
  { object: 'Math', property: 'random', message: 'The core is pure: take randomness as an argument.' },
]

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'data/**', 'server/src/platform/prisma-client/**', 'e2e/artefacts/**', 'bench/**'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { '@typescript-eslint': tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': ['error', { allow: [{ from: 'package', package: '@tanstack/router-core', name: 'Redirect' }] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-eval': 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['sdk/src/core/**/*.ts', 'server/src/stats/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': ['error', ...noClockOrChance],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The core is pure: take the time as an argument.' },
      ],
    },
  },
  {
    files: ['server/src/**/*.ts'],
    ignores: ['server/src/config.ts', 'server/src/testing/**', '**/*.test.ts', 'server/src/cli/**'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only config.ts reads the environment.' }],
    },
  },
  {
    files: ['web/src/**/*.{ts,tsx}', 'sdk/src/react/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Stored text is never markup.' },
        { selector: "MemberExpression[object.object.name='routes'][property.name=/^(body|query|response)$/]", message: 'A page has the addresses of the operations only (web/vite.config.ts): import the schema that the form checks by.' },
      ],
    },
  },
  { files: ['scripts/**', 'e2e/**', 'server/src/cli/**', 'vectors/**'], rules: { 'no-console': 'off' } },
)

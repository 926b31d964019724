import js from '@eslint/js';
import rxjsX from 'eslint-plugin-rxjs-x';
import tseslint from 'typescript-eslint';

const throughEnvironment = 'Time, chance and network come from the Environment only.';
const withoutScheduler = 'Hand the scheduler of the Environment in.';
const timed = 'timer|interval|delay|auditTime|debounceTime|throttleTime|sampleTime|bufferTime';

// These rules ask for types, which plain JavaScript has none of.
const untyped = Object.fromEntries(
  Object.keys(rxjsX.configs.strict.rules).map((rule) => [rule, 'off']),
);

export default tseslint.config(
  { ignores: ['dist', 'build', 'coverage', 'docs/api', 'node_modules'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  rxjsX.configs.strict,
  {
    languageOptions: {
      // Named, they are read once: as an editor's service they take half as long again.
      parserOptions: { project: 'tsconfig.json' },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      'no-console': 'error',
      // A stream is named with `$`; a function that makes one is named as the reader calls it.
      'rxjs-x/finnish': 'off',
      'rxjs-x/no-ignored-error': 'off',
      'rxjs-x/no-ignored-default-value': 'off',
      // What was caught is passed on as it is.
      'rxjs-x/throw-error': ['error', { allowThrowingUnknown: true }],
      'rxjs-x/no-exposed-subjects': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/net/environment.ts', 'src/time/**', 'src/cli/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'setTimeout',
          'setInterval',
          'setImmediate',
          'fetch',
          'WebSocket',
          'performance',
          'process',
        ].map((name) => ({ name, message: throughEnvironment })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: throughEnvironment },
        { object: 'Math', property: 'random', message: throughEnvironment },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"]', message: throughEnvironment },
        {
          selector: `CallExpression[callee.name=/^(${timed})$/][arguments.length<2]`,
          message: withoutScheduler,
        },
        {
          selector:
            'CallExpression[callee.name="timeout"]:not(:has(Property[key.name="scheduler"]))',
          message: withoutScheduler,
        },
        { selector: 'ExportDefaultDeclaration', message: 'Exports have names.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'docs/examples/**/*.ts', 'src/cli/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      'rxjs-x/no-exposed-subjects': 'off',
    },
  },
  {
    // What is of no program of `tsconfig.json`.
    files: ['**/*.{js,mjs}', 'test/package/page/*.ts'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      ...tseslint.configs.disableTypeChecked.languageOptions,
      globals: { console: 'readonly', process: 'readonly', URL: 'readonly' },
    },
    rules: { ...tseslint.configs.disableTypeChecked.rules, ...untyped, 'no-console': 'off' },
  },
);

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // The suites are the processor's work: jest itself leaves a core free, which is half of two.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/longest-first.mjs',
  // A test that takes a moment may take long beside others; one that hangs ends all the same.
  testTimeout: 60_000,
  testMatch: ['**/*.test.ts'],
  setupFiles: ['<rootDir>/test/setup.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/within-limits.ts'],
  transform: {
    '\\.ts$': [
      'ts-jest',
      {
        // Types are checked by `npm run typecheck`; here each file is only translated.
        diagnostics: false,
        tsconfig: {
          target: 'es2022',
          module: 'commonjs',
          moduleResolution: 'bundler',
          isolatedModules: true,
        },
      },
    ],
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^rxchange$': '<rootDir>/src/index.ts',
    '^rxchange/(binance|binance-perpetual|exchange|prometheus)$': '<rootDir>/src/$1.ts',
    '^rxchange/(operators|store|emulator|testing)$': '<rootDir>/src/$1/index.ts',
  },
  restoreMocks: true,
};

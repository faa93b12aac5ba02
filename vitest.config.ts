import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    globalSetup: 'tests/global-setup.ts',
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    // Far beyond what any test takes alone: a busy machine is no failure.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // Half of the tests wait for processes most of their time.
    maxWorkers: 3,
  },
});

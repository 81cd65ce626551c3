import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{identify,differentiate,interact,protect,platform,apps,examples,scripts}/**/*.test.ts', 'e2e/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['./platform/testing/global-setup.ts'],
    // chdb holds one data folder a process, so every test file has a process of its own.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 240_000,
  },
});

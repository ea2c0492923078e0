import { defineConfig } from 'vitest/config';

const buildsFirst = ['test/support/build-first.ts'];

/**
 * Eight kinds of tests. unit mirrors src/ and starts nothing, and its cryptography
 * is run again as in Electron, which lacks some; conformance
 * holds the engine against suites of others; fuzz gives it changed files; simulation lets years pass; integration starts the built program; interop sets
 * it against real counterparts (openssl, gnutls, a keyring); e2e drives a real Chromium, two files at a time;
 * desktop drives Electron's real window and is left out of npm test.
 */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: 30_000 } },
      {
        test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 120_000 },
      },
      { test: { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'], testTimeout: 120_000 } },
      { test: { name: 'simulation', include: ['test/simulation/**/*.test.ts'], testTimeout: 120_000 } },
      {
        test: {
          name: 'as-in-electron',
          include: ['test/unit/main/{keys,x509}/**/*.test.ts'],
          setupFiles: ['test/support/as-in-electron.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: buildsFirst,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'interop',
          include: ['test/interop/**/*.test.ts'],
          globalSetup: buildsFirst,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: buildsFirst,
          // Each file has a console and a Chromium of its own, and waits for both more than it computes.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
      {
        test: {
          name: 'desktop',
          include: ['test/desktop/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';
import { RunErrorReporter } from './tests/support/check-reports/run-error-reporter.ts';
import { LongestFirst } from './tests/support/longest-first.ts';
import { PATIENCE } from './tests/support/patience.ts';

export default defineConfig({
  test: {
    reporters: ['default', 'json', new RunErrorReporter('.cache/reports/run-errors.json')],
    outputFile: { json: '.cache/reports/vitest.json' },
    passWithNoTests: true,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // The bounds below end what hangs; how fast something has to be is for the tests of it, and for the bench, to say.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/boundaries/**/*.test.ts'],
          setupFiles: ['tests/support/seeded-properties.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: PATIENCE },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/support/build-page-first.ts'],
          setupFiles: ['tests/support/seeded-properties.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: PATIENCE },
        },
      },
      {
        // Faults are played with real timers, so nothing else may compete for the processor meanwhile.
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          fileParallelism: false,
          maxConcurrency: 4,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: PATIENCE },
        },
      },
    ],
  },
});

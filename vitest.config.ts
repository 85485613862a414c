import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const everywhere = '{apps,packages,examples,scripts,bench}';
const elsewhere = ['**/node_modules/**', '**/.next/**', '**/dist/**'];

/** What a test waits for comes late on a machine that is busy. */
const patience = { poll: { timeout: 15_000 } };

/** `npm run check` runs unit and house; `npm test` runs all but storage, which wants an S3 server. */
export default defineConfig({
  test: {
    // By default one core stays free. One more than there are: many tests wait for processes and clocks.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${everywhere}/**/*.test.{ts,tsx}`],
          exclude: [...elsewhere, '**/*.{db,storage}.test.ts'],
          globalSetup: 'tests/kernels-setup.ts',
          // Whole photos are worked on, side by side on few cores.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Pure tests share nothing worth a process each, which would take half of their time.
          isolate: false,
        },
      },
      {
        test: { name: 'house', include: ['tests/house/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        test: {
          name: 'db',
          expect: patience,
          include: [`${everywhere}/**/*.db.test.ts`],
          exclude: elsewhere,
          globalSetup: ['tests/kernels-setup.ts', 'tests/database-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Each file cuts itself its own database, and the product is read once, not once a file.
          isolate: false,
        },
      },
      {
        test: {
          name: 'storage',
          expect: patience,
          include: [`${everywhere}/**/*.storage.test.ts`],
          exclude: elsewhere,
          globalSetup: 'tests/database-setup.ts',
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'acceptance',
          expect: patience,
          include: ['tests/acceptance/**/*.test.ts'],
          // The stack that they share takes the other core.
          fileParallelism: false,
          globalSetup: ['tests/kernels-setup.ts', 'tests/acceptance/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'faults',
          expect: patience,
          include: ['tests/faults/**/*.test.ts'],
          // Each runs a stack of its own, and kills it.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          expect: patience,
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/kernels-setup.ts', 'tests/acceptance/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // One browser at a time: journeys share the machine with the stack that they drive.
          fileParallelism: false,
        },
      },
    ],
  },
});

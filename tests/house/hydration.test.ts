import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folders = [
  'apps/slipway/app/(dashboard)',
  'apps/slipway/components',
  'apps/photoestate/app/(studio)',
  'apps/photoestate/components',
];

/**
 * What is inside a boundary is hydrated by itself, later than the layout around it: it may find answers there
 * that the server's HTML did not have, and React throws that HTML away (error 418).
 */
test('pages of people who are signed in have no Suspense boundaries', () => {
  const files = folders.flatMap((folder) => globSync(`${folder}/**/*.tsx`, { cwd: root }));
  expect(files.length).toBeGreaterThan(300);
  const found = files.filter((file) =>
    readFileSync(join(root, file), 'utf8').includes('</Suspense>'),
  );
  expect(found).toEqual([]);
});

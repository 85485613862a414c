import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PAGES } from '../e2e/pages.ts';

const app = join(import.meta.dirname, '../../apps/slipway/app');

/** `(groups)` are in no address. */
const routes = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('page.tsx'))
  .map(
    (path) =>
      `/${path
        .split('/')
        .slice(0, -1)
        .filter((name) => !name.startsWith('('))
        .join('/')}`,
  );

test('axe looks at every page (tests/e2e/pages.ts)', () => {
  expect(Object.keys(PAGES).sort()).toEqual(routes.sort());
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PAGES, STUDIO_PAGES } from '../e2e/pages.ts';

/** `(groups)` are in no address. */
const routesOf = (name: string) =>
  readdirSync(join(import.meta.dirname, '../../apps', name, 'app'), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter((path) => path.endsWith('page.tsx'))
    .map(
      (path) =>
        `/${path
          .split('/')
          .slice(0, -1)
          .filter((part) => !part.startsWith('('))
          .join('/')}`,
    );

test.each([
  ['slipway', PAGES],
  ['photoestate', STUDIO_PAGES],
])('axe looks at every page of %s (tests/e2e/pages.ts)', (name, pages) => {
  expect(Object.keys(pages).sort()).toEqual(routesOf(name).sort());
});

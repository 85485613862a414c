import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENGINE_ERROR_CODES, STEP_NAMES } from '../../packages/engine/src/index.ts';
import { ENGINE_PAGES } from '../../scripts/engine-tables/pages.ts';
import { renderTables } from '../../scripts/engine-tables/render-tables.ts';
import { root } from './import-graph.ts';

function pageOf(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

test.each(ENGINE_PAGES)('the tables of %s are what the engine says', (name) => {
  expect(pageOf(name), 'run: node scripts/engine-tables.ts').toBe(renderTables(pageOf(name)));
});

test('the page of the engine has a chapter for each of its steps, in their order', () => {
  const chapters = [...pageOf('docs/engine.md').matchAll(/^### `(\w+)`/gm)].map(([, name]) => name);
  expect(chapters.filter((name) => name !== 'groupFrames')).toEqual([...STEP_NAMES]);
});

test('every error code of the engine is explained', () => {
  const rows = [...pageOf('packages/engine/README.md').matchAll(/^\| `(\w+)` \|/gm)];
  const codes = rows.map(([, code]) => code);
  expect(ENGINE_ERROR_CODES.filter((code) => !codes.includes(code))).toEqual([]);
});

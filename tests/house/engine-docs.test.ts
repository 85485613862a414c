import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  ENGINE_ERROR_CODES,
  type EnhanceOptions,
  resolveOptions,
  STEP_NAMES,
} from '../../packages/engine/src/index.ts';
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

test('the example of options has every part that there is, and the engine takes it', () => {
  const [, text = ''] = /```json\n([\s\S]*?)```/.exec(pageOf('docs/engine.md')) ?? [];
  const example: EnhanceOptions = JSON.parse(text);
  const resolved = resolveOptions(example);
  expect(Object.keys(example)).toEqual(Object.keys(resolved));
  expect(Object.keys(example.output ?? {})).toEqual(Object.keys(resolved.output));
  expect(Object.keys(example.output?.texts ?? {})).toEqual(Object.keys(resolved.output.texts));
  const fields = new Set(example.previews?.flatMap((preview) => Object.keys(preview)));
  expect([...fields].sort()).toEqual(Object.keys(resolved.previews[0] ?? {}).sort());
});

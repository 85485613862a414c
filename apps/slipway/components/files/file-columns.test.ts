import { expect, it } from 'vitest';
import { readLayout } from './file-columns.ts';

const usual = ['size', 'type', 'status', 'created'];

it('shows the usual columns where nothing sensible was kept', () => {
  for (const text of [null, '', '{', '1', 'null', '{"shown":1}'])
    expect(readLayout(text).shown).toEqual(usual);
});

it('keeps what this version knows, in the order of the list', () => {
  const kept = { shown: ['tags', 'gone', 'folder'], widths: { tags: 90, size: -1, gone: 5 } };
  expect(readLayout(JSON.stringify(kept))).toEqual({
    shown: ['folder', 'tags'],
    widths: { tags: 90 },
  });
  expect(readLayout('{"shown":[]}').shown).toEqual([]);
});

import { expect, it } from 'vitest';
import type { FilePage } from '../../lib/trpc.ts';
import { mergeFirstPage } from './file-cache.ts';

const page = (...ids: string[]) =>
  ({ data: ids.map((id) => ({ id })), nextCursor: null }) as unknown as FilePage;

const merged = (shown: string[][], fresh: string[]) =>
  mergeFirstPage(
    { pages: shown.map((ids) => page(...ids)), pageParams: [null] },
    page(...fresh),
  ).pages.map(({ data }) => data.map(({ id }) => id).join(''));

it('puts new files where the order has them, and loses none', () => {
  expect(merged([['b', 'c'], ['d']], ['a', 'b'])).toEqual(['abc', 'd']);
  expect(merged([['a', 'c'], ['d']], ['a', 'b', 'c'])).toEqual(['abc', 'd']);
  expect(merged([['a', 'd'], ['e']], ['a', 'b', 'c'])).toEqual(['abcd', 'e']);
  expect(merged([['d'], ['e']], ['a', 'b', 'c'])).toEqual(['abcd', 'e']);
});

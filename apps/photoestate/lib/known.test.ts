import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { learn, noteMade } from './known.ts';

const KEY = ['listing', 'list'];

/** A page that came with "drawn", and shows what the server answers. */
async function shownBy(queries: QueryClient): Promise<{ first: unknown; asked: number }> {
  learn(queries, [[KEY, 'drawn']], Date.now());
  const ask = vi.fn(async () => 'answered');
  const options = { queryKey: KEY, queryFn: ask, staleTime: 60_000 };
  const observer = new QueryObserver(queries, options);
  const first = observer.getCurrentResult().data;
  const stop = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(observer.getCurrentResult().isFetching).toBe(false));
  stop();
  return { first, asked: ask.mock.calls.length };
}

test('what came with the page is not asked for again, unless a change was made on its way', async () => {
  expect(await shownBy(new QueryClient())).toEqual({ first: 'drawn', asked: 0 });
  noteMade();
  expect(await shownBy(new QueryClient())).toEqual({ first: 'drawn', asked: 1 });
});

test('nor is it forgotten when the page that made it is gone', async () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  noteMade();
  vi.resetModules();
  const { learn: learnNext } = await import('./known.ts');
  const queries = new QueryClient();
  learnNext(queries, [[KEY, 'drawn']], Date.now());
  expect(queries.getQueryState(KEY)?.isInvalidated).toBe(true);
  kept.clear();
  learnNext(queries, [[['other'], 'drawn']], Date.now());
  expect(queries.getQueryState(['other'])?.isInvalidated).toBe(false);
  vi.unstubAllGlobals();
});

test('what is known already is newer', () => {
  const queries = new QueryClient();
  queries.setQueryData(KEY, 'newer');
  learn(queries, [[KEY, 'drawn']], Date.now());
  expect(queries.getQueryData(KEY)).toBe('newer');
});

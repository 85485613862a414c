import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

/** What a page keeps, by its name. */
function storage(): Storage {
  const kept: Record<string, string> = {};
  const hidden = (value: unknown) => ({ value, enumerable: false });
  return Object.defineProperties(kept as unknown as Storage, {
    getItem: hidden((key: string) => kept[key] ?? null),
    setItem: hidden((key: string, value: string) => {
      kept[key] = value;
    }),
    removeItem: hidden((key: string) => delete kept[key]),
  });
}

test('what was typed is forgotten in every page of a browser when a session ends in one', async () => {
  vi.stubGlobal('window', globalThis);
  const pages = [storage(), storage()];
  const [one, other] = pages;
  vi.stubGlobal('sessionStorage', other);
  vi.resetModules();
  const { keepDraft, readDraft } = await import('./drafts.ts');
  keepDraft('message', 'Private words');
  const elsewhere = new BroadcastChannel('ended-sessions');
  const heard = new Promise((resolve) => elsewhere.addEventListener('message', resolve));
  elsewhere.postMessage('ended');
  await vi.waitFor(() => expect(readDraft('message')).toBeUndefined());
  vi.stubGlobal('sessionStorage', one);
  const { forgetDrafts } = await import('./drafts.ts');
  keepDraft('message', 'More');
  forgetDrafts();
  expect(Object.keys(one ?? {})).toEqual([]);
  await heard;
  elsewhere.close();
});

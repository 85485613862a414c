import { afterEach, expect, test, vi } from 'vitest';
import { createEditClient } from './trpc.ts';

afterEach(() => vi.unstubAllGlobals());

test('a change leaves before any timer runs, outlives the page, and has its key', async () => {
  const sent = vi.fn(async () => Response.json({ result: { data: { json: null } } }));
  vi.stubGlobal('fetch', sent);
  vi.useFakeTimers();
  await createEditClient().mutation(
    'photo.delete',
    { photoId: 'pho_1' },
    { context: { key: 'a-key' } },
  );
  vi.useRealTimers();
  expect(sent).toHaveBeenCalledWith(
    '/api/trpc/photo.delete',
    expect.objectContaining({
      method: 'POST',
      keepalive: true,
      headers: expect.objectContaining({ 'idempotency-key': 'a-key' }),
    }),
  );
});

import { afterEach, expect, test, vi } from 'vitest';
import { createLastingClient } from './trpc.ts';

afterEach(() => vi.unstubAllGlobals());

test('what is sent while a page goes away leaves before any timer runs, and outlives the page', async () => {
  const sent = vi.fn(async () => Response.json({ result: { data: { json: null } } }));
  vi.stubGlobal('fetch', sent);
  vi.useFakeTimers();
  const deleted = createLastingClient().photo.delete.mutate({ photoId: 'pho_1' });
  await deleted;
  vi.useRealTimers();
  expect(sent).toHaveBeenCalledWith(
    '/api/trpc/photo.delete',
    expect.objectContaining({ method: 'POST', keepalive: true }),
  );
});

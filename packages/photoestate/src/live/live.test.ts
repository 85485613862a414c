import type { SSEStreamingApi } from 'hono/streaming';
import { expect, test, vi } from 'vitest';
import type { Context } from '../context.ts';
import { streamListing } from './http.ts';

test('a stream that nobody reads ends before it fills the memory', async () => {
  let publish: (message: unknown) => void = () => undefined;
  let subscribed = true;
  let writes = 0;
  const unread = new Promise<never>(() => undefined);
  const stream = {
    writeSSE: () => {
      writes += 1;
      return unread;
    },
    write: () => unread,
    onAbort: () => undefined,
  } as unknown as SSEStreamingApi;
  const pubsub = {
    subscribe: (_topic: string, listener: (message: unknown) => void) => {
      publish = listener;
      return () => {
        subscribed = false;
      };
    },
  };
  const ctx = { pubsub, stopping: new AbortController().signal } as unknown as Context;
  const stillAllowed = async () => undefined;
  const streaming = streamListing(stream, { ctx, listingId: 'lst_1', stillAllowed });
  for (let index = 0; index < 1_000; index += 1) publish({ type: 'listing' });
  await streaming;
  expect(writes).toBe(100);
  expect(subscribed).toBe(false);
});

test('a stream ends at its next beat once its reader has lost the listing', async () => {
  vi.useFakeTimers();
  try {
    let subscribed = true;
    const stream = {
      writeSSE: async () => undefined,
      write: async () => undefined,
      onAbort: () => undefined,
    } as unknown as SSEStreamingApi;
    const pubsub = {
      subscribe: () => () => {
        subscribed = false;
      },
    };
    const ctx = { pubsub, stopping: new AbortController().signal } as unknown as Context;
    let isMember = true;
    const stillAllowed = async () => {
      if (!isMember) throw new Error('not a member any more');
    };
    const streaming = streamListing(stream, { ctx, listingId: 'lst_1', stillAllowed });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(subscribed).toBe(true);
    isMember = false;
    await vi.advanceTimersByTimeAsync(15_000);
    await streaming;
    expect(subscribed).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

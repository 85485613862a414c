import type { HttpApp } from '@repo/foundation/http';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { Context } from '../context.ts';
import type { RequestContext } from '../http.ts';
import { requireListing } from '../listing/internal.ts';
import { listingTopic } from './publish.ts';

const HEARTBEAT_MS = 15_000;
/** Events that wait for a slow reader, at most. */
const MAX_PENDING = 100;

/** `GET /api/listings/:id/events`: what changes in a listing, while it changes. */
export function mountLive(app: HttpApp, makeContext: RequestContext): void {
  app.get('/api/listings/:listingId/events', async (c) => {
    const ctx = await makeContext(c);
    const { id } = await requireListing(ctx, c.req.param('listingId'), 'listing.read');
    // Proxies that gather a response before they pass it on would hold events back.
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, (stream) => {
      const stillAllowed = async () => {
        const again = await makeContext(c);
        await requireListing(again, id, 'listing.read');
      };
      return streamListing(stream, { ctx, listingId: id, stillAllowed });
    });
  });
}

interface ListingStream {
  ctx: Context;
  listingId: string;
  stillAllowed: () => Promise<void>;
}

/** Lasts until the client leaves, loses its access, or the process stops. */
export async function streamListing(
  stream: SSEStreamingApi,
  { ctx, listingId, stillAllowed }: ListingStream,
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  let pending = 0;
  const send = (event: string, data: unknown) => {
    pending += 1;
    // Nobody reads at the other end: it may connect again and look at everything once.
    if (pending > MAX_PENDING) ended.resolve();
    else {
      stream
        .writeSSE({ event, data: JSON.stringify(data) })
        .then(() => {
          pending -= 1;
        })
        .catch(() => ended.resolve());
    }
  };
  const unsubscribe = ctx.pubsub.subscribe(listingTopic(listingId), (message) =>
    send('change', message),
  );
  const heartbeat = setInterval(() => {
    stillAllowed().then(
      () => stream.write(': still here\n\n').catch(() => ended.resolve()),
      () => ended.resolve(),
    );
  }, HEARTBEAT_MS);
  const end = () => ended.resolve();
  stream.onAbort(end);
  ctx.stopping.addEventListener('abort', end, { once: true });
  try {
    send('hello', { listingId });
    if (!ctx.stopping.aborted) await ended.promise;
  } finally {
    clearInterval(heartbeat);
    unsubscribe();
    ctx.stopping.removeEventListener('abort', end);
  }
}

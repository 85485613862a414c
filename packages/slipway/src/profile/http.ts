import type { HttpApp, KernelEnv } from '@repo/foundation/http';
import { requireUser } from '@repo/foundation/organization';
import type { Context } from 'hono';
import type { TrpcContext } from '../trpc.ts';
import { readPicture, takePicture } from './picture.ts';

/** Another picture has another address. */
const KEEP_SECONDS = 86_400;

/** A picture of our own making, for pages of ours alone; opened by itself it is nothing that could run. */
const HEADERS = {
  'content-type': 'image/webp',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': `private, max-age=${KEEP_SECONDS}`,
  vary: 'Cookie',
};

/** `POST /api/account/picture` with the bytes of one, and `GET /api/people/:userId/picture` to show it. */
export function mountPictures(
  app: HttpApp,
  contextOf: (c: Context<KernelEnv>) => Promise<TrpcContext>,
): void {
  const signedIn = async (c: Context<KernelEnv>) => {
    const { failure, ...ctx } = await contextOf(c);
    if (failure !== undefined) throw failure;
    requireUser(ctx);
    return ctx;
  };
  app.post('/api/account/picture', async (c) => {
    const ctx = await signedIn(c);
    await takePicture(ctx, new Uint8Array(await c.req.arrayBuffer()));
    return c.body(null, 204);
  });
  app.get('/api/people/:userId/picture', async (c) => {
    const ctx = await signedIn(c);
    const bytes = await readPicture(ctx, c.req.param('userId'));
    return c.body(new Uint8Array(bytes), 200, HEADERS);
  });
}

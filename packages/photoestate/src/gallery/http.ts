import { type HttpApp, type KernelEnv, readJson } from '@repo/foundation/http';
import {
  applyVerdict,
  type Budget,
  clientKey,
  type RateLimiter,
} from '@repo/foundation/rate-limit';
import type { Context as HonoContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { RequestContext } from '../http.ts';
import { addComment, removeComment } from './comment.ts';
import { decide } from './decide.ts';
import { setFavourite } from './favourite.ts';
import { limitGuesses } from './limit-guesses.ts';
import { type Opened, openDelivered, openGallery } from './open.ts';
import { AddComment, Decide, Favourite, OpenGallery } from './schema.ts';
import { continueVisit, passesToDrop } from './visit.ts';

type Here = HonoContext<KernelEnv>;

export interface GalleryDoor {
  makeContext: RequestContext;
  limiter: RateLimiter;
  publicUrl: string;
}

/**
 * What visitors of a gallery do, below `/api/gallery`. The link's token is in the body of one call, never in an address
 * that logs keep; from then on the browser has a cookie for this one gallery.
 */
export function mountGallery(app: HttpApp, door: GalleryDoor): void {
  const { makeContext, limiter } = door;
  app.use('/api/gallery/*', async (c, next) => {
    c.header('cache-control', 'no-store');
    const { method } = c.req;
    if (method !== 'GET' && method !== 'HEAD') {
      applyVerdict(c, await limiter.take([writeBudget(c)], 'count_alone'));
    }
    await next();
  });
  app.post('/api/gallery/open', async (c) => {
    const ctx = await makeContext(c);
    const input = OpenGallery.parse(await readJson(c));
    const { token, pin } = input;
    const giveBack = pin === undefined ? null : await limitGuesses(c, ctx, { limiter, token });
    const opened = await openGallery(ctx, { ...input, cookie: (name) => getCookie(c, name) });
    // Only wrong PINs count.
    await giveBack?.();
    return answer(c, door, opened);
  });
  app.post('/api/gallery/:delivery/open', async (c) => {
    const ctx = await makeContext(c);
    return answer(c, door, await openDelivered(ctx, { deliveryId: c.req.param('delivery') }));
  });
  const visiting = async (c: Here, deliveryId: string) => {
    const ctx = await makeContext(c);
    const cookie = (name: string) => getCookie(c, name);
    return { ctx, visit: await continueVisit(ctx, { deliveryId, cookie }) };
  };
  app.post('/api/gallery/:delivery/favourite', async (c) => {
    const { ctx, visit } = await visiting(c, c.req.param('delivery'));
    await setFavourite(ctx, visit, Favourite.parse(await readJson(c)));
    return c.json({});
  });
  app.post('/api/gallery/:delivery/comments', async (c) => {
    const { ctx, visit } = await visiting(c, c.req.param('delivery'));
    return c.json(await addComment(ctx, visit, AddComment.parse(await readJson(c))));
  });
  app.delete('/api/gallery/:delivery/comments/:comment', async (c) => {
    const { ctx, visit } = await visiting(c, c.req.param('delivery'));
    await removeComment(ctx, visit, { commentId: c.req.param('comment') });
    return c.json({});
  });
  app.post('/api/gallery/:delivery/decide', async (c) => {
    const { ctx, visit } = await visiting(c, c.req.param('delivery'));
    return c.json(await decide(ctx, visit, Decide.parse(await readJson(c))));
  });
}

function answer(c: Here, { publicUrl }: GalleryDoor, { gallery, pass }: Opened): Response {
  if (pass?.value !== undefined) {
    for (const name of passesToDrop(getCookie(c), pass.name)) deleteCookie(c, name, { path: '/' });
    setCookie(c, pass.name, pass.value, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: publicUrl.startsWith('https:'),
      maxAge: pass.maxAge,
    });
  }
  return c.json(gallery);
}

function writeBudget(c: Here): Budget {
  const key = `gallery-write:${clientKey(c.var.ip)}`;
  return { policy: 'gallery-write', key, quota: 120, windowSeconds: 60 };
}

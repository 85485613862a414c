import type { HttpApp, KernelEnv } from '@repo/foundation/http';
import type { Context as HonoContext } from 'hono';
import type { Context } from '../context.ts';
import type { RequestContext } from '../http.ts';
import { linkTo } from './link.ts';
import { findPhoto, findPreview, findResult, type Picture } from './pictures.ts';

/** How long a browser may keep a redirect; shorter than what is left of any link's life. */
const KEEP_SECONDS = 300;

/**
 * `GET /media/photos/:id/{thumb|preview|original}` and
 * `GET /media/enhancements/:id/{first-look|thumb|preview|full}`, with `?download=1` to save:
 * members are sent on to the storage, everybody else finds nothing.
 */
export function mountMedia(app: HttpApp, makeContext: RequestContext): void {
  app.get('/media/photos/:id/:size', async (c) => {
    const ctx = await makeContext(c);
    return answer(c, ctx, await findPhoto(ctx, c.req.param()));
  });
  app.get('/media/previews/:id/:size', async (c) => {
    const ctx = await makeContext(c);
    return answer(c, ctx, await findPreview(ctx, c.req.param()));
  });
  app.get('/media/enhancements/:id/:size', async (c) => {
    const ctx = await makeContext(c);
    return answer(c, ctx, await findResult(ctx, c.req.param()));
  });
}

async function answer(
  c: HonoContext<KernelEnv>,
  ctx: Context,
  picture: Picture,
): Promise<Response> {
  const download = c.req.query('download') === undefined ? undefined : picture.name;
  const url = await linkTo(ctx, { id: picture.fileId, download });
  c.header('cache-control', `private, max-age=${KEEP_SECONDS}`);
  c.header('vary', 'Cookie');
  return c.redirect(url, 302);
}

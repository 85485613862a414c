import type { HttpApp, KernelEnv } from '@repo/foundation/http';
import { findPicture } from '@repo/foundation/profile';
import type { Context as HonoContext } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { RequestContext } from '../http.ts';
import { findLogo } from '../organization/logo.ts';
import { linkTo } from './link.ts';
import { findPhoto, findPreview, findResult, type Picture } from './pictures.ts';

/** How long a browser may keep a redirect; shorter than what is left of any link's life. */
const KEEP_SECONDS = 300;

/**
 * `GET /media/photos/:id/{thumb|preview|original}` and
 * `GET /media/enhancements/:id/{first-look|thumb|preview|full}`, with `?download=1` to save,
 * or in a width that pages show it in, `?w=960`: members are sent on to the storage, everybody else finds nothing.
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
  app.get('/media/people/:userId/picture', async (c) => {
    const ctx = await makeContext(c);
    const id = await findPicture(ctx, c.req.param('userId'));
    return shown(c, await linkTo(ctx, { id, transform: FACE }), 'private');
  });
  app.get('/media/organizations/:organizationId/logo', async (c) => {
    const ctx = await makeContext(c);
    const id = await findLogo(ctx, c.req.param('organizationId'));
    return shown(c, await linkTo(ctx, { id, transform: LOGO }), 'public');
  });
}

/** Made smaller by Slipway, and so without what cameras write into pictures. */
const FACE = 'w=192,h=192,fit=cover';
const LOGO = 'w=480,h=160,fit=inside';

/** Others would each be made anew for everybody who thinks of one. */
const Width = z.enum(['192', '960', '1440']);

async function answer(
  c: HonoContext<KernelEnv>,
  ctx: Context,
  picture: Picture,
): Promise<Response> {
  const download = c.req.query('download') === undefined ? undefined : picture.name;
  const width = download === undefined ? Width.safeParse(c.req.query('w')).data : undefined;
  // Of the formats that the browser takes, the smallest.
  const transform = width === undefined ? undefined : `w=${width},format=auto`;
  const url = await linkTo(ctx, { id: picture.fileId, download, transform });
  return shown(c, url, 'private');
}

function shown(c: HonoContext<KernelEnv>, url: string, to: 'private' | 'public'): Response {
  c.header('cache-control', `${to}, max-age=${KEEP_SECONDS}`);
  if (to === 'private') c.header('vary', 'Cookie');
  return c.redirect(url, 302);
}

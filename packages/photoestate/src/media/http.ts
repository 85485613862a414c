import type { HttpApp, KernelEnv } from '@repo/foundation/http';
import { eq } from 'drizzle-orm';
import type { Context as HonoContext } from 'hono';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { lookOf, requireEnhancement } from '../enhancement/internal.ts';
import { ownerOf } from '../enhancement/owner.ts';
import { appError } from '../errors.ts';
import type { RequestContext } from '../http.ts';
import { requirePhoto } from '../photo/internal.ts';
import { scene } from '../scene/table.ts';
import { resultName } from './download-name.ts';
import { linkTo } from './link.ts';

/** How long a browser may keep a redirect; shorter than what is left of any link's life. */
const KEEP_SECONDS = 300;

interface Picture {
  fileId: string;
  name: string;
}

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

interface Wanted {
  id: string;
  size: string;
}

/** An object answers for more names than its own (`constructor`): only these reach one. */
const PhotoSize = z.enum(['thumb', 'preview', 'original']);
const ResultSize = z.enum(['first-look', 'thumb', 'preview', 'full']);

async function findPhoto(ctx: Context, { id, size }: Wanted): Promise<Picture> {
  const wanted = PhotoSize.safeParse(size).data ?? missing();
  const { photo } = await requirePhoto(ctx, id, 'listing.read');
  const files = {
    thumb: photo.thumbFileId,
    preview: photo.previewFileId,
    original: photo.fileId,
  };
  return { fileId: files[wanted] ?? missing(), name: photo.name };
}

async function findResult(ctx: Context, { id, size }: Wanted): Promise<Picture> {
  const wanted = ResultSize.safeParse(size).data ?? missing();
  const { enhancement, listing } = await requireEnhancement(ctx, id, 'listing.read');
  const files = {
    'first-look': lookOf(enhancement)?.fileId,
    thumb: enhancement.resultThumbFileId,
    preview: enhancement.resultPreviewFileId,
    full: enhancement.review === 'rejected' ? null : enhancement.resultFileId,
  };
  const fileId = files[wanted] ?? missing();
  const sceneId = (await ownerOf(ctx.db, enhancement)) ?? enhancement.sceneId;
  const [found] = await ctx.db
    .select({ position: scene.position })
    .from(scene)
    .where(eq(scene.id, sceneId));
  return { fileId, name: resultName(listing.address, found?.position ?? 1) };
}

function missing(): never {
  throw appError('not_found', 'There is no such picture.');
}

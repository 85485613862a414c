import type { HttpApp, KernelEnv } from '@repo/foundation/http';
import type { Context as HonoContext } from 'hono';
import { getCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';
import type { RequestContext } from '../http.ts';
import { readStored } from '../media/read.ts';
import { findProof, markOf, PROOF, PROOF_BEFORE } from './copies.ts';
import { type Delivered, deliveredPhoto, firstDelivered } from './delivered.ts';
import { countDownload, findSaved } from './downloads.ts';
import { favouritesOf } from './favourite.ts';
import { isLocked } from './internal.ts';
import { archiveName, favouritesName } from './names.ts';
import { sendZip } from './send-zip.ts';
import { continueVisit, enterByTicket, type Found, galleryGone } from './visit.ts';
import { likedPhotos, requireStudioVisitor } from './visitor-favourites.ts';

type Here = HonoContext<KernelEnv>;
type Asked = Found;

/** Browsers may keep what they show for as long; the address is another one for what is paid or a newer version. */
const KEEP_SECONDS = 3_600;
const Width = z.enum(['480', '960', '1440', '2048']);
/** Above this AVIF takes longer to make than it saves. */
const AVIF_UP_TO = 960;

/**
 * What a gallery shows and saves, for whoever has a ticket of it. Each request asks whether the delivery is still open,
 * and the bytes come through here: no address of the storage is ever given out.
 *
 * `GET /media/galleries/:delivery/:photo/{view|before}/:width`, `…/:photo/download/:size`,
 * `…/zip/:size` (with `only=favourites` the visitor's own), `…/cover`
 */
export function mountGalleryMedia(app: HttpApp, makeContext: RequestContext): void {
  const enter = async (c: Here, deliveryId: string) => {
    const ctx = await makeContext(c);
    return { ctx, asked: await enterByTicket(ctx, { deliveryId, query: ticketOf(c) }) };
  };
  app.get('/media/galleries/:delivery/cover', async (c) => {
    const { ctx, asked } = await enter(c, c.req.param('delivery'));
    // Who follows the link to make a preview of it has no PIN.
    if (asked.delivery.pinHash !== null) throw galleryGone();
    const first = await firstDelivered(ctx.db, asked.delivery.id);
    if (first === null) throw galleryGone();
    const id = await shownFile(ctx, asked, { entry: first, side: 'view' });
    return pass(
      c,
      await readStored(ctx, { id, transform: 'w=1200,h=630,fit=cover,format=jpeg,q=82' }),
    );
  });
  app.get('/media/galleries/:delivery/logo', async (c) => {
    const { ctx, asked } = await enter(c, c.req.param('delivery'));
    const id = asked.delivery.branded ? asked.branding.logoFileId : null;
    if (id === null) throw galleryGone();
    return pass(c, await readStored(ctx, { id, transform: 'h=128,format=webp' }));
  });
  app.get('/media/galleries/:delivery/zip/:size', async (c) => {
    const { ctx, asked } = await enter(c, c.req.param('delivery'));
    const { size } = c.req.param();
    const liked = c.req.query('only') === 'favourites';
    const only = liked ? { only: await favouritesHere(c, ctx, asked) } : {};
    const saved = await findSaved(ctx, asked, { size, ...only });
    const name = archiveName(asked.listing.address, liked ? `favourites-${size}` : size);
    return sendZip(c, ctx, {
      ...{ saved, name },
      // An archive of hours ends with the delivery, at its next file.
      stillAllowed: () => enterByTicket(ctx, { deliveryId: asked.delivery.id, query: ticketOf(c) }),
      onStart: () => noteDownload(c, ctx, asked),
    });
  });
  app.get('/media/galleries/:delivery/:photo/download/:size', async (c) => {
    const { ctx, asked } = await enter(c, c.req.param('delivery'));
    const { size, photo: photoId } = c.req.param();
    const [file] = await findSaved(ctx, asked, { size, only: new Set([photoId]) });
    if (file === undefined) throw galleryGone();
    const range = c.req.header('range');
    const ifRange = c.req.header('if-range');
    const stored = await readStored(ctx, { id: file.copy.fileId, range, ifRange });
    if (startsAtZero(stored)) await noteDownload(c, ctx, asked);
    return pass(c, stored, file.name);
  });
  app.get('/media/galleries/:delivery/:photo/:side/:width', async (c) => {
    const { ctx, asked } = await enter(c, c.req.param('delivery'));
    const side = z.enum(['view', 'before']).safeParse(c.req.param('side')).data;
    const width = Width.safeParse(c.req.param('width')).data;
    if (side === undefined || width === undefined) throw galleryGone();
    const entry = await deliveredPhoto(ctx.db, c.req.param('photo'));
    if (entry === null || entry.photo.deliveryId !== asked.delivery.id) throw galleryGone();
    const id = await shownFile(ctx, asked, { entry, side });
    const format = formatFor(c.req.header('accept') ?? '', Number(width));
    c.header('vary', 'accept');
    return pass(c, await readStored(ctx, { id, transform: `w=${width},format=${format}` }));
  });
}

/**
 * `GET /media/visitors/:visitor/favourites/:size`: what one client likes, in one archive, for members of the studio.
 * Also after the link is over, and counted for nobody.
 */
export function mountFavourites(app: HttpApp, makeContext: RequestContext): void {
  app.get('/media/visitors/:visitor/favourites/:size', async (c) => {
    const ctx = await makeContext(c);
    const { visitor: visitorId, size } = c.req.param();
    const asked = await requireStudioVisitor(ctx, { visitorId });
    const only = new Set((await likedPhotos(ctx, visitorId)).map(({ photoId }) => photoId));
    const saved = await findSaved(ctx, asked, { size, only });
    const name = favouritesName(asked.listing.address, { of: asked.visitor.name, size });
    const stillAllowed = () => requireStudioVisitor(ctx, { visitorId });
    return sendZip(c, ctx, { saved, name, stillAllowed });
  });
}

/** What the address says beside the ticket: what is saved, and what tells browsers apart what they keep. */
const BESIDE = ['only', 'v'];

function ticketOf(c: Here): string {
  const query = new URL(c.req.url).searchParams;
  for (const name of BESIDE) query.delete(name);
  return query.toString();
}

/** Until it is paid nothing is shown but what has the watermark in its pixels. */
async function shownFile(
  ctx: Context,
  { delivery, branding }: Asked,
  { entry, side }: { entry: Delivered; side: 'view' | 'before' },
): Promise<string> {
  const { version, before } = entry;
  if (!isLocked(delivery)) {
    const id = side === 'view' ? version.resultPreviewFileId : before?.previewFileId;
    return id ?? missing();
  }
  const sourceFileId = side === 'view' ? version.resultFileId : before?.previewFileId;
  if (sourceFileId == null) return missing();
  const kind = side === 'view' ? PROOF : PROOF_BEFORE;
  const copy = await findProof(ctx.db, { sourceFileId, kind, mark: markOf(branding) });
  if (copy !== undefined) return copy.fileId;
  const message = 'This photo is being made ready right now; try again in a moment.';
  throw appError('delivery_preparing', message, { retryAfter: 3 });
}

function missing(): never {
  throw appError('not_found', 'There is no such picture.');
}

function formatFor(accept: string, width: number): string {
  if (accept.includes('image/avif') && width <= AVIF_UP_TO) return 'avif';
  return accept.includes('image/webp') ? 'webp' : 'jpeg';
}

const PASSED_ON = ['content-type', 'content-length', 'content-range', 'etag', 'accept-ranges'];

/** Sends on what the storage sends, saved under `name` or shown. */
async function pass(c: Here, stored: Response, name?: string): Promise<Response> {
  for (const header of PASSED_ON) {
    const value = stored.headers.get(header);
    if (value !== null) c.header(header, value);
  }
  c.header('x-robots-tag', 'noindex, nofollow');
  c.header('content-security-policy', "default-src 'none'; sandbox");
  c.header('cache-control', name === undefined ? `private, max-age=${KEEP_SECONDS}` : 'no-store');
  if (name !== undefined) {
    c.header('content-type', 'image/jpeg');
    c.header('content-disposition', `attachment; filename="${name}"`);
  }
  const body: ReadableStream | null = stored.body;
  if (c.req.method === 'HEAD') {
    await body?.cancel();
    return c.body(null, stored.status as 200);
  }
  return body === null ? c.body(null, 204) : c.body(body, stored.status as 200);
}

/** What goes on with a download, or asks for the end of a file first, is no other download. */
function startsAtZero({ status, headers }: Response): boolean {
  return status === 200 || /^bytes 0-/.test(headers.get('content-range') ?? '');
}

/** Null for members of the studio, and for browsers that came without their cookie. */
async function visitorHere(c: Here, ctx: Context, { delivery }: Asked) {
  const cookie = (name: string) => getCookie(c, name);
  const visit = await continueVisit(ctx, { deliveryId: delivery.id, cookie }).catch(() => null);
  return visit?.visitor ?? null;
}

async function favouritesHere(c: Here, ctx: Context, asked: Asked): Promise<ReadonlySet<string>> {
  return favouritesOf(ctx, { visitor: await visitorHere(c, ctx, asked) });
}

async function noteDownload(c: Here, ctx: Context, asked: Asked): Promise<void> {
  if (c.req.method !== 'GET') return;
  const visitor = await visitorHere(c, ctx, asked);
  if (visitor) await countDownload(ctx, asked, visitor.id);
}

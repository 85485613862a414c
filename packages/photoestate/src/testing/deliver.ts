import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@repo/foundation/ids';
import type { Context } from '../context.ts';
import { enhancement } from '../enhancement/table.ts';
import { tokenHashOf } from '../gallery/link.ts';
import { delivery, galleryComment, galleryVisitor } from '../gallery/table.ts';
import { listScenes } from '../scene/list.ts';
import type { MemorySlipway } from './memory-slipway.ts';
import type { World } from './world.ts';

/** Links of `slipway` lead to a server that has its files, until it is closed. */
export async function serveFiles(slipway: MemorySlipway): Promise<() => void> {
  const server = createServer(({ url = '', headers }, response) => {
    const id = decodeURIComponent(url.replace(/^\/f\/p\//, '').replace(/\?.*$/, ''));
    const bytes = slipway.stored.get(id);
    if (bytes === undefined) return void response.writeHead(404).end();
    const etag = `"${id}"`;
    response.setHeader('etag', etag);
    const same = (headers['if-range'] ?? etag) === etag;
    const [, from, to] = (same && /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '')) || [];
    if (from === undefined) {
      const length = bytes.length;
      return void response.writeHead(200, { 'content-length': length }).end(bytes);
    }
    const part = bytes.subarray(Number(from), to ? Number(to) + 1 : undefined);
    const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`;
    response.writeHead(206, { 'content-length': part.length, 'content-range': range }).end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  slipway.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return () => server.close();
}

/** Finished photos for the scenes of a listing that have none, as the engine would leave them. */
export async function finishScenes(
  world: World,
  ctx: Context,
  { listingId, bytes }: { listingId: string; bytes: Uint8Array },
): Promise<void> {
  for (const { id: sceneId, photos } of await listScenes(ctx, { listingId })) {
    const id = newId('enh');
    const file = (kind: string) => world.slipway.put(`${id}-${kind}.jpg`, bytes, { kind }).id;
    await ctx.db.insert(enhancement).values({
      ...{ id, listingId, sceneId, status: 'done', preset: 'natural', options: {}, progress: 1 },
      inputPhotoIds: photos.map((photo) => photo.id),
      recipe: { steps: ['merge', 'tone'], crop: null },
      resultFileId: file('result-image'),
      resultPreviewFileId: file('result-preview'),
      resultThumbFileId: file('result-thumb'),
      ...{ width: 96, height: 64, createdBy: 'test', createdAt: new Date() },
    });
  }
}

/** Rows of a delivery with a comment, for who asks about them only. */
export async function deliverAndComment(
  ctx: Context,
  { organizationId, listingId }: { organizationId: string; listingId: string },
): Promise<{ deliveryId: string; commentId: string; visitorId: string }> {
  const [deliveryId, commentId, visitorId] = [newId('dlv'), newId('cmt'), newId('vis')];
  const tokenHash = tokenHashOf(ctx, { id: deliveryId, linkNumber: 1 });
  const terms = { recipients: ['ann@example.com'], sizes: ['mls'], createdBy: 'test' };
  await ctx.db
    .insert(delivery)
    .values({ id: deliveryId, listingId, organizationId, tokenHash, ...terms });
  await ctx.db
    .insert(galleryComment)
    .values({ id: commentId, deliveryId, author: 'Ann', body: 'Lovely', createdAt: new Date() });
  await ctx.db.insert(galleryVisitor).values({ id: visitorId, deliveryId, lastSeenAt: new Date() });
  return { deliveryId, commentId, visitorId };
}

import { createHash } from 'node:crypto';
import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { requireUser } from '@repo/foundation/organization';
import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { engineOptions, inListingLight, settleLook } from '../enhancement/engine-options.ts';
import { listingLights } from '../enhancement/listing-light.ts';
import { appError } from '../errors.ts';
import {
  framesOf,
  readyPhotos,
  refuseTooManyFrames,
  requireScene,
  scenesOf,
} from '../scene/internal.ts';
import { toPreview } from './internal.ts';
import { previewLookJob } from './jobs.ts';
import { type LookPreview, StartPreview } from './schema.ts';
import { lookPreview } from './table.ts';

/** Of one member: enough for somebody who moves sliders, too few to keep others waiting. */
const MOST_A_MINUTE = 60;
const MOST_WAITING = 4;

/** Shows what a look makes of a scene, before anything is paid. The same look of the same frames is made once. */
export async function startPreview(ctx: Context, input: StartPreview): Promise<LookPreview> {
  const { sceneId, lookName: _name, ...wish } = StartPreview.parse(input);
  const look = settleLook(wish);
  const { listing } = await requireScene(ctx, sceneId, 'enhance.run');
  const userId = requireUser(ctx);
  return ctx.db.transaction(async (tx) => {
    const scenes = await scenesOf(tx, listing.id);
    const photos = await readyPhotos(tx, listing.id);
    const inputPhotoIds = framesOf(photos, sceneId);
    if (inputPhotoIds.length === 0) {
      throw appError('no_ready_frames', 'This scene has no photos that are ready yet.');
    }
    refuseTooManyFrames(inputPhotoIds.length);
    const lights = await listingLights(tx, scenes, photos);
    const options = inListingLight(engineOptions(look), lights.get(sceneId)?.agreed);
    const key = createHash('sha256')
      .update(JSON.stringify([inputPhotoIds, options]))
      .digest('hex');
    const known = await find(tx, { sceneId, key });
    if (known !== undefined) return toPreview(known);
    await refuseTooMany(tx, ctx, userId);
    await tx
      .insert(lookPreview)
      .values({
        ...{ id: newId('prv'), listingId: listing.id, sceneId, key, options, inputPhotoIds },
        ...{ createdBy: userId, createdAt: ctx.now() },
      })
      .onConflictDoNothing();
    const row = await find(tx, { sceneId, key });
    if (row === undefined) throw appError('internal', 'The preview could not be saved.');
    await supersede(tx, userId);
    await ctx.queue.enqueue(tx, previewLookJob, { payload: { previewId: row.id } });
    return toPreview(row);
  });
}

async function find(tx: Tx, { sceneId, key }: { sceneId: string; key: string }) {
  const [row] = await tx
    .select()
    .from(lookPreview)
    .where(
      and(
        eq(lookPreview.sceneId, sceneId),
        eq(lookPreview.key, key),
        inArray(lookPreview.status, ['queued', 'done']),
      ),
    );
  return row;
}

async function refuseTooMany(tx: Tx, ctx: Context, userId: string): Promise<void> {
  // One member's wishes are counted one after another.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`previews of ${userId}`}))`);
  const since = new Date(ctx.now().getTime() - 60_000);
  const asked = await tx.$count(
    lookPreview,
    and(eq(lookPreview.createdBy, userId), gt(lookPreview.createdAt, since)),
  );
  if (asked < MOST_A_MINUTE) return;
  throw appError(
    'rate_limited',
    `Previews are limited to ${MOST_A_MINUTE} a minute. Wait a moment; enhancing is not limited.`,
    { retryAfter: 15 },
  );
}

/** Who moves on waits for the latest: older wishes that nobody has begun are let go. */
async function supersede(tx: Tx, userId: string): Promise<void> {
  const waiting = await tx
    .select({ id: lookPreview.id })
    .from(lookPreview)
    .where(and(eq(lookPreview.createdBy, userId), eq(lookPreview.status, 'queued')))
    .orderBy(desc(lookPreview.createdAt), desc(lookPreview.id));
  const old = waiting.slice(MOST_WAITING).map(({ id }) => id);
  if (old.length === 0) return;
  await tx.update(lookPreview).set({ status: 'superseded' }).where(inArray(lookPreview.id, old));
}

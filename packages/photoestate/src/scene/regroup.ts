import { recordAudit } from '@repo/foundation/audit';
import type { Db, Tx } from '@repo/foundation/db';
import type { JobRun } from '@repo/foundation/jobs';
import { and, eq, isNull } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { lockListing, requireListing } from '../listing/internal.ts';
import { listing } from '../listing/table.ts';
import { publishListingEvent } from '../live/publish.ts';
import { type PhotoRow, photo } from '../photo/table.ts';
import { groupPhotos, type PhotoGroups } from './group-photos.ts';
import {
  assignPhotos,
  dissolveScene,
  insertScene,
  orderScenes,
  readyPhotos,
  removeEmptyScenes,
  scenesOf,
} from './internal.ts';
import { planScenes, type ScenePlan } from './plan-scenes.ts';

/** Frames may come and go while others are compared; each change asks for another run, too. */
const MOST_TRIES = 5;

/** Handler of `scene.regroup`. */
export async function regroupByJob(
  ctx: Context,
  { listingId }: { listingId: string },
  run: JobRun,
): Promise<void> {
  const [row] = await ctx.db
    .select({ id: listing.id })
    .from(listing)
    .where(and(eq(listing.id, listingId), isNull(listing.deletedAt)));
  if (row === undefined) return;
  await regroupListing(ctx, listingId, AbortSignal.any([run.signal, ctx.stopping]));
}

/**
 * Sorts a listing's frames into scenes from what the rows say now, so running it again changes
 * nothing. What a person grouped stays as it is. Frames are compared before the listing is locked:
 * that takes long for many without dates, and people go on working meanwhile.
 */
export async function regroupListing(
  ctx: Context,
  listingId: string,
  signal: AbortSignal = ctx.stopping,
): Promise<void> {
  await requireListing(ctx, listingId, 'listing.edit');
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { photos } = await regroupable(ctx.db, listingId);
    const groups = await groupPhotos(ctx, photos, signal);
    if (await applyGroups(ctx, { listingId, groups, photos })) return;
  }
  throw new Error(`the photos of listing ${listingId} change faster than they are grouped`);
}

/** The frames that no person put where they are, and the scenes that hold them. */
async function regroupable(db: Tx | Db, listingId: string) {
  const scenes = await scenesOf(db, listingId);
  const manual = new Set(scenes.filter((entry) => entry.manual).map((entry) => entry.id));
  const photos = (await readyPhotos(db, listingId)).filter(
    (entry) => entry.sceneId === null || !manual.has(entry.sceneId),
  );
  const existing = scenes
    .filter((entry) => !entry.manual)
    .map(({ id }) => ({
      sceneId: id,
      photoIds: photos.filter((entry) => entry.sceneId === id).map((entry) => entry.id),
    }));
  return { photos, existing };
}

/** @returns false when they are not the frames any more that were compared */
async function applyGroups(
  ctx: Context,
  input: { listingId: string; groups: PhotoGroups; photos: readonly PhotoRow[] },
): Promise<boolean> {
  const { listingId, groups } = input;
  return ctx.db.transaction(async (tx) => {
    const { organizationId } = await lockListing(tx, listingId);
    const { photos, existing } = await regroupable(tx, listingId);
    if (!haveSameIds(photos, input.photos)) return false;
    const plan = planScenes(existing, groups.scenes);
    const moved = await applyPlan(tx, ctx, { listingId, plan, photos });
    const noted = await writeNotes(tx, photos, groups);
    await removeEmptyScenes(tx, ctx, listingId);
    await orderScenes(tx, listingId);
    if (!moved && !noted) return true;
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'listing.regrouped',
      entityId: listingId,
      data: { scenes: plan.groups.length },
    });
    await publishListingEvent(tx, ctx, { type: 'scene', listingId });
    return true;
  });
}

/** What a frame shows and when it was taken never change. */
function haveSameIds(a: readonly PhotoRow[], b: readonly PhotoRow[]): boolean {
  const ids = new Set(a.map(({ id }) => id));
  return ids.size === b.length && b.every(({ id }) => ids.has(id));
}

async function applyPlan(
  tx: Tx,
  ctx: Context,
  input: { listingId: string; plan: ScenePlan; photos: readonly PhotoRow[] },
): Promise<boolean> {
  const { listingId, plan, photos } = input;
  const sceneOf = new Map(photos.map((entry) => [entry.id, entry.sceneId]));
  let changed = false;
  for (const group of plan.groups) {
    const sceneId = group.sceneId ?? (await insertScene(tx, ctx, { listingId, manual: false }));
    const moving = group.photoIds.filter((id) => sceneOf.get(id) !== sceneId);
    await assignPhotos(tx, moving, sceneId);
    changed ||= moving.length > 0;
  }
  for (const sceneId of plan.removed) {
    await dissolveScene(tx, ctx, sceneId);
    changed = true;
  }
  return changed;
}

/** Keeps what grouping has to say of single frames. @returns whether that is something new */
async function writeNotes(
  tx: Tx,
  photos: readonly PhotoRow[],
  { notes, twins }: PhotoGroups,
): Promise<boolean> {
  const noteOf = new Map(notes.map(({ id, code }) => [id, code]));
  const twinOf = new Map(twins.map(({ spare, used }) => [spare, used]));
  let changed = false;
  for (const row of photos) {
    const facts = { groupNote: noteOf.get(row.id) ?? null, twinOf: twinOf.get(row.id) ?? null };
    if (row.groupNote === facts.groupNote && row.twinOf === facts.twinOf) continue;
    await tx.update(photo).set(facts).where(eq(photo.id, row.id));
    changed = true;
  }
  return changed;
}

import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { lockListing, requireListing } from '../listing/internal.ts';
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

/**
 * Sorts a listing's frames into scenes from what the rows say now, so running
 * it again changes nothing. What a person grouped stays as it is.
 */
export async function regroupListing(ctx: Context, listingId: string): Promise<void> {
  await requireListing(ctx, listingId);
  await ctx.db.transaction(async (tx) => {
    const { organizationId } = await lockListing(tx, listingId);
    const scenes = await scenesOf(tx, listingId);
    const manual = new Set(scenes.filter((entry) => entry.manual).map((entry) => entry.id));
    const photos = (await readyPhotos(tx, listingId)).filter(
      (entry) => entry.sceneId === null || !manual.has(entry.sceneId),
    );
    const existing = scenes
      .filter((entry) => !entry.manual)
      .map(({ id }) => ({
        sceneId: id,
        photoIds: photos.filter((entry) => entry.sceneId === id).map((entry) => entry.id),
      }));
    const groups = await groupPhotos(tx, photos);
    const plan = planScenes(existing, groups.scenes);
    const moved = await applyPlan(tx, ctx, { listingId, plan, photos });
    const noted = await writeNotes(tx, photos, groups);
    await removeEmptyScenes(tx, ctx, listingId);
    await orderScenes(tx, listingId);
    if (!moved && !noted) return;
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'listing.regrouped',
      entityId: listingId,
      data: { scenes: plan.groups.length },
    });
    await publishListingEvent(tx, ctx, { type: 'scene', listingId });
  });
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

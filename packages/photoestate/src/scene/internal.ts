import type { Db, Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { and, asc, eq, inArray, isNull, notExists, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { cancelActive } from '../enhancement/internal.ts';
import { appError } from '../errors.ts';
import { allow, roleThere, visibleTo } from '../listing/internal.ts';
import { type ListingRow, listing } from '../listing/table.ts';
import type { Permission } from '../permission.ts';
import { type PhotoRow, photo } from '../photo/table.ts';
import { type SceneRow, scene } from './table.ts';

/** More exposures than this make no better photo; the engine refuses them. */
const MAX_FRAMES = 9;

/** The scene and its listing, or the same `not_found` for strangers as for nothing. */
export async function requireScene(
  ctx: Context,
  sceneId: string,
  permission: Permission,
): Promise<{ scene: SceneRow; listing: ListingRow }> {
  const [found] = await ctx.db
    .select({ scene, listing, role: roleThere(ctx) })
    .from(scene)
    .innerJoin(listing, eq(listing.id, scene.listingId))
    .where(and(eq(scene.id, sceneId), isNull(scene.deletedAt), visibleTo(ctx)));
  if (found === undefined) throw sceneMissing(sceneId);
  allow(ctx, found.role, permission);
  return found;
}

export function sceneMissing(sceneId: string) {
  return appError('not_found', `There is no scene "${sceneId}".`);
}

/** A listing's frames that can be used, in the order of the shoot. */
export async function readyPhotos(
  tx: Tx | Db | Context['db'],
  listingId: string,
): Promise<PhotoRow[]> {
  return tx
    .select()
    .from(photo)
    .where(and(eq(photo.listingId, listingId), eq(photo.status, 'ready'), isNull(photo.deletedAt)))
    .orderBy(sql`${photo.takenAt} asc nulls last`, asc(photo.name), asc(photo.position));
}

/** The frames that a scene is made from, in the order of the shoot. */
export function framesOf(photos: readonly PhotoRow[], sceneId: string): string[] {
  const members = photos.filter((entry) => entry.sceneId === sceneId);
  return withoutTwins(members).map((entry) => entry.id);
}

/** Of a RAW + JPEG pair one frame is merged, wherever both are. */
export function withoutTwins(members: readonly PhotoRow[]): PhotoRow[] {
  const ids = new Set(members.map(({ id }) => id));
  return members.filter(({ twinOf }) => twinOf === null || !ids.has(twinOf));
}

/** Read again under the lock of the listing: a scene seen before may be gone by now. */
export async function scenesOf(tx: Tx | Db, listingId: string): Promise<SceneRow[]> {
  return tx
    .select()
    .from(scene)
    .where(and(eq(scene.listingId, listingId), isNull(scene.deletedAt)))
    .orderBy(asc(scene.position), asc(scene.id));
}

/** Makes a scene. One of the listing that ended under this id comes back as it was, so that undoing loses nothing. */
export async function insertScene(
  tx: Tx,
  ctx: Context,
  { id = newId('scn'), ...input }: { listingId: string; manual: boolean; id?: string | undefined },
): Promise<string> {
  const [added] = await tx
    .insert(scene)
    .values({ id, ...input, createdAt: ctx.now() })
    .onConflictDoUpdate({
      target: scene.id,
      set: { deletedAt: null, manual: input.manual },
      setWhere: sql`${scene.listingId} = ${input.listingId} and ${scene.deletedAt} is not null`,
    })
    .returning({ id: scene.id });
  if (added === undefined) throw appError('conflict', `There is a scene "${id}" already.`);
  return id;
}

export async function assignPhotos(
  tx: Tx,
  photoIds: readonly string[],
  sceneId: string,
): Promise<void> {
  if (photoIds.length === 0) return;
  await tx
    .update(photo)
    .set({ sceneId })
    .where(inArray(photo.id, [...photoIds]));
}

export async function markManual(tx: Tx, sceneIds: readonly string[]): Promise<void> {
  await tx
    .update(scene)
    .set({ manual: true })
    .where(inArray(scene.id, [...sceneIds]));
}

/** Ends a scene whose frames went to another. Its results stay with their photos, so that undoing finds them. */
export async function dissolveScene(tx: Tx, ctx: Context, sceneId: string): Promise<void> {
  await cancelActive(tx, ctx, sceneId);
  await tx.update(scene).set({ deletedAt: ctx.now() }).where(eq(scene.id, sceneId));
}

/** Ends scenes without frames; their results are removed by the cleaning job. */
export async function removeEmptyScenes(tx: Tx, ctx: Context, listingId: string): Promise<void> {
  const frames = tx
    .select({ one: sql`1` })
    .from(photo)
    .where(and(eq(photo.sceneId, scene.id), isNull(photo.deletedAt)));
  const removed = await tx
    .update(scene)
    .set({ deletedAt: ctx.now() })
    .where(and(eq(scene.listingId, listingId), isNull(scene.deletedAt), notExists(frames)))
    .returning({ id: scene.id });
  for (const { id } of removed) await cancelActive(tx, ctx, id);
  await orderScenes(tx, listingId);
}

/** Numbers the scenes by the time of their first frame. */
export async function orderScenes(tx: Tx, listingId: string): Promise<void> {
  await tx.execute(sql`
    update scene set position = ordered.n
    from (
      select s.id, row_number() over (
        order by min(p.taken_at) nulls last, min(p.name), min(p.position), s.id) as n
      from scene s
      left join photo p on p.scene_id = s.id and p.deleted_at is null
      where s.listing_id = ${listingId} and s.deleted_at is null
      group by s.id
    ) ordered
    where scene.id = ordered.id and scene.position <> ordered.n`);
}

export function refuseTooManyFrames(count: number): void {
  if (count <= MAX_FRAMES) return;
  throw appError(
    'too_many_frames',
    `A scene can have at most ${MAX_FRAMES} exposures, and this one would have ${count}.`,
  );
}

import type { Tx } from '@repo/foundation/db';
import { asc, eq, sql } from 'drizzle-orm';
import { enhancement } from '../enhancement/table.ts';
import { deliveryPhoto, galleryComment } from './table.ts';

/**
 * To be called before photos of a delivery that are no longer chosen go. Scenes are merged and split after they were
 * delivered: what clients said about a photo follows its frames to the scene that most of them lie in, if that is
 * one of those that are `kept`.
 */
export async function carryOver(
  tx: Tx,
  { deliveryId, kept }: { deliveryId: string; kept: ReadonlySet<string> },
): Promise<void> {
  const rows = await tx
    .select({ id: deliveryPhoto.id, sceneId: deliveryPhoto.sceneId, home: HOME })
    .from(deliveryPhoto)
    .innerJoin(enhancement, eq(enhancement.id, deliveryPhoto.enhancementId))
    .where(eq(deliveryPhoto.deliveryId, deliveryId))
    .orderBy(asc(deliveryPhoto.position), asc(deliveryPhoto.id));
  const photoOf = new Map(rows.map(({ sceneId, id }) => [sceneId, id]));
  for (const { id, sceneId, home } of rows) {
    if (kept.has(sceneId) || home === null || !kept.has(home)) continue;
    const to = photoOf.get(home);
    if (to !== undefined) {
      await moveWords(tx, { from: id, to });
      continue;
    }
    await tx.update(deliveryPhoto).set({ sceneId: home }).where(eq(deliveryPhoto.id, id));
    photoOf.set(home, id);
  }
}

/** The scene that has most of the frames that a version was made from; null where none are left. */
export const HOME = sql<string | null>`(
  select p.scene_id from photo p
  where p.listing_id = ${enhancement.listingId} and p.deleted_at is null and p.scene_id is not null
    and ${enhancement.inputPhotoIds} ? p.id
  group by p.scene_id order by count(*) desc, p.scene_id limit 1)`;

/** Two photos became one: who liked either likes it, and what was said of both is said of it. */
async function moveWords(tx: Tx, { from, to }: { from: string; to: string }): Promise<void> {
  await tx.update(galleryComment).set({ photoId: to }).where(eq(galleryComment.photoId, from));
  await tx.execute(sql`
    insert into gallery_favourite (visitor_id, photo_id, created_at)
    select visitor_id, ${to}, created_at from gallery_favourite where photo_id = ${from}
    on conflict do nothing`);
}

import { desc, inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { framesOf, readyPhotos, requireScene } from '../scene/internal.ts';
import { toEnhancement } from './internal.ts';
import { ownedVersions } from './owner.ts';
import { type Enhancement, SceneEnhancements } from './schema.ts';
import { enhancement } from './table.ts';

/** Every version of a scene, newest first. */
export async function listEnhancements(
  ctx: Context,
  input: SceneEnhancements,
): Promise<Enhancement[]> {
  const { sceneId } = SceneEnhancements.parse(input);
  const { listing } = await requireScene(ctx, sceneId, 'listing.read');
  const owned = await ownedVersions(ctx.db, { listingIds: [listing.id] });
  const ids = owned.filter((version) => version.sceneId === sceneId).map(({ id }) => id);
  if (ids.length === 0) return [];
  const [rows, photos] = await Promise.all([
    ctx.db
      .select()
      .from(enhancement)
      .where(inArray(enhancement.id, ids))
      .orderBy(desc(enhancement.createdAt), desc(enhancement.id)),
    readyPhotos(ctx.db, listing.id),
  ]);
  const frames = framesOf(photos, sceneId);
  return rows.map((row) => toEnhancement(row, { sceneId, frames }));
}

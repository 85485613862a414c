import { desc, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { readyPhotos, requireScene } from '../scene/internal.ts';
import { toEnhancement } from './internal.ts';
import { type Enhancement, SceneEnhancements } from './schema.ts';
import { enhancement } from './table.ts';

/** Every version of a scene, newest first. */
export async function listEnhancements(
  ctx: Context,
  input: SceneEnhancements,
): Promise<Enhancement[]> {
  const { sceneId } = SceneEnhancements.parse(input);
  const { listing } = await requireScene(ctx, sceneId);
  const [rows, photos] = await Promise.all([
    ctx.db
      .select()
      .from(enhancement)
      .where(eq(enhancement.sceneId, sceneId))
      .orderBy(desc(enhancement.createdAt), desc(enhancement.id)),
    readyPhotos(ctx.db, listing.id),
  ]);
  const frames = photos.filter((entry) => entry.sceneId === sceneId).map((entry) => entry.id);
  return rows.map((row) => toEnhancement(row, frames));
}

import type { Context } from '../context.ts';
import { readyPhotos } from '../scene/internal.ts';
import { requireEnhancement, toEnhancement } from './internal.ts';
import { ownerOf } from './owner.ts';
import { type Enhancement, EnhancementRef } from './schema.ts';

export async function getEnhancement(ctx: Context, input: EnhancementRef): Promise<Enhancement> {
  const { enhancementId } = EnhancementRef.parse(input);
  const { enhancement } = await requireEnhancement(ctx, enhancementId);
  const photos = await readyPhotos(ctx.db, enhancement.listingId);
  const sceneId = (await ownerOf(ctx.db, enhancement)) ?? enhancement.sceneId;
  const frames = photos.filter((entry) => entry.sceneId === sceneId).map((entry) => entry.id);
  return toEnhancement(enhancement, { sceneId, frames });
}

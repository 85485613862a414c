import type { Context } from '../context.ts';
import { framesOf, readyPhotos } from '../scene/internal.ts';
import { requireEnhancement, toEnhancement } from './internal.ts';
import { ownerOf } from './owner.ts';
import { type Enhancement, EnhancementRef } from './schema.ts';

export async function getEnhancement(ctx: Context, input: EnhancementRef): Promise<Enhancement> {
  const { enhancementId } = EnhancementRef.parse(input);
  const { enhancement } = await requireEnhancement(ctx, enhancementId, 'listing.read');
  const photos = await readyPhotos(ctx.db, enhancement.listingId);
  const sceneId = (await ownerOf(ctx.db, enhancement)) ?? enhancement.sceneId;
  const frames = framesOf(photos, sceneId);
  return toEnhancement(enhancement, { sceneId, frames });
}

import { recordAudit } from '@repo/foundation/audit';
import { inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { settleLook } from '../enhancement/engine-options.ts';
import { lockListing, requireListing } from '../listing/internal.ts';
import { publishListingEvent } from '../live/publish.ts';
import { sceneMissing, scenesOf } from './internal.ts';
import { SetSceneSettings } from './schema.ts';
import { type SceneSettings, scene } from './table.ts';

/** The look that scenes get whenever they are enhanced with others; null takes it away. Costs nothing, starts nothing. */
export async function setSceneSettings(ctx: Context, input: SetSceneSettings): Promise<void> {
  const { listingId, sceneIds, look } = SetSceneSettings.parse(input);
  const settings: SceneSettings | null =
    look === null ? null : { ...settleLook(look), lookName: look.lookName };
  const { organizationId } = await requireListing(ctx, listingId, 'enhance.run');
  await ctx.db.transaction(async (tx) => {
    await lockListing(tx, listingId);
    const known = new Set((await scenesOf(tx, listingId)).map(({ id }) => id));
    const missing = sceneIds.find((id) => !known.has(id));
    if (missing !== undefined) throw sceneMissing(missing);
    await tx.update(scene).set({ settings }).where(inArray(scene.id, sceneIds));
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'scene.settings',
      entityId: listingId,
      data: { sceneIds, settings },
    });
    await publishListingEvent(tx, ctx, { type: 'scene', listingId });
  });
}

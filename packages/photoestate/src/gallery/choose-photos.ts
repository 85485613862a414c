import type { Tx } from '@repo/foundation/db';
import { newId } from '@repo/foundation/ids';
import { and, eq, notInArray } from 'drizzle-orm';
import { appError } from '../errors.ts';
import { carryOver } from './carry-over.ts';
import { type FinishedScene, findDeliverable } from './deliverable.ts';
import { type DeliveryRow, deliveryPhoto } from './table.ts';

interface Choice {
  sceneId: string;
  title?: string | null | undefined;
}

/**
 * Makes these the photos of a delivery, in this order, each in its newest version. A photo that stays keeps what was
 * said about it, also where its frames became another scene's; one that is another version now has not been approved yet.
 *
 * @throws `nothing_to_deliver` where a scene has no finished photo.
 */
export async function choosePhotos(
  tx: Tx,
  {
    row,
    choices,
  }: { row: Pick<DeliveryRow, 'id' | 'listingId'>; choices: readonly Choice[] | undefined },
): Promise<number> {
  const deliverable = await findDeliverable(tx, row.listingId);
  const wanted = choices ?? deliverable.map(({ sceneId }) => ({ sceneId, title: undefined }));
  const finished = new Map(deliverable.map((entry) => [entry.sceneId, entry]));
  refuseUnfinished(wanted, finished);
  const kept = wanted.map(({ sceneId }) => sceneId);
  await carryOver(tx, { deliveryId: row.id, kept: new Set(kept) });
  const before = await tx.select().from(deliveryPhoto).where(eq(deliveryPhoto.deliveryId, row.id));
  const known = new Map(before.map((entry) => [entry.sceneId, entry]));
  await tx
    .delete(deliveryPhoto)
    .where(and(eq(deliveryPhoto.deliveryId, row.id), notInArray(deliveryPhoto.sceneId, kept)));
  const undecided = { decision: null, decisionNote: null, decidedBy: null, decidedAt: null };
  for (const [index, { sceneId, title }] of wanted.entries()) {
    const enhancementId = finished.get(sceneId)?.version.id ?? '';
    const old = known.get(sceneId);
    const position = index + 1;
    if (old === undefined) {
      const label = title ?? finished.get(sceneId)?.label ?? null;
      await tx.insert(deliveryPhoto).values({
        ...{ id: newId('dph'), deliveryId: row.id, sceneId, enhancementId, position },
        title: label === '' ? null : label,
      });
      continue;
    }
    const changed = old.enhancementId === enhancementId ? {} : undecided;
    const named = title === undefined ? {} : { title: title === '' ? null : title };
    await tx
      .update(deliveryPhoto)
      .set({ enhancementId, position, ...named, ...changed })
      .where(eq(deliveryPhoto.id, old.id));
  }
  return wanted.length;
}

function refuseUnfinished(
  wanted: readonly Choice[],
  finished: ReadonlyMap<string, FinishedScene>,
): void {
  if (wanted.length > 0 && wanted.every(({ sceneId }) => finished.has(sceneId))) return;
  throw appError(
    'nothing_to_deliver',
    wanted.length === 0
      ? 'No photo of this listing is finished yet. Enhance its scenes first.'
      : 'Expected scenes of this listing that have a finished photo.',
  );
}

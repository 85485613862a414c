import type { Db, Tx } from '@repo/foundation/db';
import type { EnhancementRow } from '../enhancement/table.ts';
import { deliverableScenes } from '../review/deliverable.ts';

export interface FinishedScene {
  sceneId: string;
  position: number;
  label: string | null;
  version: EnhancementRow;
}

/** The scenes of a listing that have something to hand over, in the order of the shoot. */
export async function findDeliverable(db: Db | Tx, listingId: string): Promise<FinishedScene[]> {
  return (await deliverableScenes(db, listingId)).flatMap(({ version, ...scene }) =>
    version === null ? [] : [{ ...scene, version }],
  );
}

import type { Db, Tx } from '@repo/foundation/db';
import type { EnhancementRow } from '../enhancement/table.ts';
import { type DeliverableScene, deliverableScenes } from '../review/deliverable.ts';

export interface FinishedScene {
  sceneId: string;
  position: number;
  label: string | null;
  version: EnhancementRow;
}

/** The scenes of a listing that have something to hand over, in the order of the shoot. */
export async function findDeliverable(db: Db | Tx, listingId: string): Promise<FinishedScene[]> {
  return (await deliverableScenes(db, listingId)).filter(isFinished);
}

export function isFinished(scene: DeliverableScene): scene is DeliverableScene & FinishedScene {
  return scene.version !== null;
}

import type { Db, Tx } from '@repo/foundation/db';
import { inArray } from 'drizzle-orm';
import { isResult, ownedVersions } from '../enhancement/owner.ts';
import { type EnhancementRow, enhancement } from '../enhancement/table.ts';
import { scenesOf } from '../scene/internal.ts';

/** A scene, and what of it may be handed over. */
export interface DeliverableScene {
  sceneId: string;
  /** 1, 2, 3… in the order of the shoot. */
  position: number;
  label: string | null;
  /**
   * The version to hand over: the one that is shown first, of those that no reviewer has to look at or that one
   * accepted. Null while there is none.
   */
  version: EnhancementRow | null;
  /** The scene's frames have changed since it was made. */
  outdated: boolean;
  /** A newer result is shown first, and waits for a reviewer. */
  inReview: boolean;
}

/** Every scene of a listing in order. Who asks has checked that the listing may be delivered by whom. */
export async function deliverableScenes(
  db: Db | Tx,
  listingId: string,
): Promise<DeliverableScene[]> {
  const scenes = await scenesOf(db, listingId);
  const results = (await ownedVersions(db, { listingIds: [listingId] })).filter(isResult);
  const chosen = scenes.map(({ id }) => {
    const own = results.filter(({ sceneId }) => sceneId === id);
    const version = own.find(({ review }) => review !== 'flagged');
    return { version, inReview: own[0]?.review === 'flagged' };
  });
  const ids = chosen.flatMap(({ version }) => version?.id ?? []);
  const rows =
    ids.length === 0 ? [] : await db.select().from(enhancement).where(inArray(enhancement.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return scenes.map(({ id, position, label }, index) => {
    const { version, inReview = false } = chosen[index] ?? {};
    const row = version && byId.get(version.id);
    const outdated = version !== undefined && !version.exact;
    return { sceneId: id, position, label, version: row ?? null, outdated, inReview };
  });
}

/** Of one scene; null when there is nothing of it that may be handed over. */
export async function deliverableVersion(
  db: Db | Tx,
  { listingId, sceneId }: { listingId: string; sceneId: string },
): Promise<EnhancementRow | null> {
  const scenes = await deliverableScenes(db, listingId);
  return scenes.find((each) => each.sceneId === sceneId)?.version ?? null;
}

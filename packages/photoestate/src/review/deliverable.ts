import type { Db, Tx } from '@repo/foundation/db';
import { inArray } from 'drizzle-orm';
import { isResult, type OwnedVersion, ownedVersions } from '../enhancement/owner.ts';
import { type EnhancementRow, enhancement } from '../enhancement/table.ts';
import { scenesOf } from '../scene/internal.ts';

/** Why a scene is not finished: somebody has to look, it is being made, that went wrong, nobody asked for it. */
export type Unfinished = 'review' | 'working' | 'failed' | 'untouched';

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
  /** Null when there is nothing to wait for. */
  unfinished: Unfinished | null;
}

/** Every scene of a listing in order. Who asks has checked that the listing may be delivered by whom. */
export async function deliverableScenes(
  db: Db | Tx,
  listingId: string,
): Promise<DeliverableScene[]> {
  const scenes = await scenesOf(db, listingId);
  const versions = await ownedVersions(db, { listingIds: [listingId] });
  const chosen = scenes.map(({ id }) => {
    const all = versions.filter(({ sceneId }) => sceneId === id);
    const own = all.filter(isResult);
    const version = own.find(({ review }) => review !== 'flagged');
    return { version, unfinished: unfinishedOf(all, version) };
  });
  const ids = chosen.flatMap(({ version }) => version?.id ?? []);
  const rows =
    ids.length === 0 ? [] : await db.select().from(enhancement).where(inArray(enhancement.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return scenes.map(({ id, position, label }, index) => {
    const { version, unfinished = null } = chosen[index] ?? {};
    const row = version && byId.get(version.id);
    const outdated = version !== undefined && !version.exact;
    const about = { sceneId: id, position, label, outdated, unfinished };
    return { ...about, version: row ?? null };
  });
}

/** @param versions Of one scene, best first. */
function unfinishedOf(
  versions: readonly OwnedVersion[],
  version: OwnedVersion | undefined,
): Unfinished | null {
  if (versions.some(({ status }) => status === 'queued' || status === 'running')) return 'working';
  // A newer result that waits is what people see, whatever could be delivered below it.
  if (versions.find(isResult)?.review === 'flagged') return 'review';
  if (version !== undefined) return null;
  return versions[0]?.status === 'failed' ? 'failed' : 'untouched';
}

/** Of one scene; null when there is nothing of it that may be handed over. */
export async function deliverableVersion(
  db: Db | Tx,
  { listingId, sceneId }: { listingId: string; sceneId: string },
): Promise<EnhancementRow | null> {
  const scenes = await deliverableScenes(db, listingId);
  return scenes.find((each) => each.sceneId === sceneId)?.version ?? null;
}

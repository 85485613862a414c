import { inArray } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { toEnhancement } from './internal.ts';
import { isResult, type OwnedVersion, ownedVersions } from './owner.ts';
import type { Enhancement } from './schema.ts';
import { enhancement } from './table.ts';

export interface LatestVersions {
  newest: Map<string, Enhancement>;
  finished: Map<string, Enhancement>;
}

/**
 * Per scene of a listing: what happens or happened last, and the result. What was
 * made from exactly the scene's frames comes before what was made from others.
 */
export async function latestVersions(
  ctx: Context,
  listingId: string,
  framesOf: (sceneId: string) => readonly string[],
): Promise<LatestVersions> {
  const owned = await ownedVersions(ctx.db, { listingIds: [listingId] });
  const newest = firstOfEach(owned);
  const finished = firstOfEach(owned.filter(isResult));
  const ids = [...new Set([...newest.values(), ...finished.values()])];
  const rows =
    ids.length === 0
      ? []
      : await ctx.db.select().from(enhancement).where(inArray(enhancement.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const shown = (chosen: ReadonlyMap<string, string>) => {
    const entries = [...chosen].flatMap(([sceneId, id]) => {
      const row = byId.get(id);
      const frames = framesOf(sceneId);
      return row === undefined ? [] : [[sceneId, toEnhancement(row, { sceneId, frames })] as const];
    });
    return new Map(entries);
  };
  return { newest: shown(newest), finished: shown(finished) };
}

function firstOfEach(versions: readonly OwnedVersion[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const { sceneId, id } of versions) if (!first.has(sceneId)) first.set(sceneId, id);
  return first;
}

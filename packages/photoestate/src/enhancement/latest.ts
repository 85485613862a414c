import { and, desc, eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { toEnhancement } from './internal.ts';
import type { Enhancement } from './schema.ts';
import { type EnhancementRow, enhancement } from './table.ts';

export interface LatestVersions {
  newest: Map<string, Enhancement>;
  finished: Map<string, Enhancement>;
}

/** Per scene of a listing: the newest version, and the newest that is done. */
export async function latestVersions(
  ctx: Context,
  listingId: string,
  framesOf: (sceneId: string) => readonly string[],
): Promise<LatestVersions> {
  const [newest, finished] = await Promise.all([
    ctx.db
      .selectDistinctOn([enhancement.sceneId])
      .from(enhancement)
      .where(eq(enhancement.listingId, listingId))
      .orderBy(enhancement.sceneId, desc(enhancement.createdAt), desc(enhancement.id)),
    ctx.db
      .selectDistinctOn([enhancement.sceneId])
      .from(enhancement)
      .where(and(eq(enhancement.listingId, listingId), eq(enhancement.status, 'done')))
      .orderBy(enhancement.sceneId, desc(enhancement.finishedAt), desc(enhancement.id)),
  ]);
  const byScene = (rows: readonly EnhancementRow[]) =>
    new Map(rows.map((row) => [row.sceneId, toEnhancement(row, framesOf(row.sceneId))]));
  return { newest: byScene(newest), finished: byScene(finished) };
}

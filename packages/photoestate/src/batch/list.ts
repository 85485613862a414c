import { user } from '@repo/foundation/auth';
import { desc, eq, inArray, sql } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { SCENE_CREDITS } from '../credit/scene-cost.ts';
import { type EnhancementRow, enhancement } from '../enhancement/table.ts';
import { requireListing } from '../listing/internal.ts';
import { scene } from '../scene/table.ts';
import { isRetryable } from '../work/retryable.ts';
import { type Batch, type BatchFailure, ListBatches } from './schema.ts';
import { type BatchRow, enhanceBatch } from './table.ts';

/** Under way, and some that ended. */
const MOST = 10;

type Version = Pick<
  EnhancementRow,
  'id' | 'batchId' | 'sceneId' | 'status' | 'progress' | 'creditReference'
> &
  Pick<EnhancementRow, 'failureCode' | 'failureReason'>;

/** A listing's batches: those under way first, then the latest. */
export async function listBatches(ctx: Context, input: ListBatches): Promise<Batch[]> {
  const { listingId } = ListBatches.parse(input);
  await requireListing(ctx, listingId, 'listing.read');
  const batches = await ctx.db
    .select({ row: enhanceBatch, startedBy: user.name })
    .from(enhanceBatch)
    .leftJoin(user, eq(user.id, enhanceBatch.createdBy))
    .where(eq(enhanceBatch.listingId, listingId))
    .orderBy(sql`${enhanceBatch.endedAt} is null desc`, desc(enhanceBatch.createdAt))
    .limit(MOST);
  if (batches.length === 0) return [];
  const ids = batches.map(({ row }) => row.id);
  const { id, batchId, sceneId, status, progress, creditReference } = enhancement;
  const { failureCode, failureReason } = enhancement;
  const [versions, scenes] = await Promise.all([
    ctx.db
      .select({
        ...{ id, batchId, sceneId, status, progress, creditReference },
        ...{ failureCode, failureReason },
      })
      .from(enhancement)
      .where(inArray(enhancement.batchId, ids)),
    ctx.db
      .select({ id: scene.id, position: scene.position, label: scene.label })
      .from(scene)
      .where(eq(scene.listingId, listingId)),
  ]);
  const sceneOf = new Map(scenes.map((each) => [each.id, each]));
  return batches.map(({ row, startedBy }) =>
    toBatch(row, {
      startedBy,
      versions: versions.filter((each) => each.batchId === row.id),
      sceneOf,
    }),
  );
}

interface Known {
  startedBy: string | null;
  versions: readonly Version[];
  sceneOf: ReadonlyMap<string, { position: number; label: string | null }>;
}

function toBatch(row: BatchRow, { startedBy, versions, sceneOf }: Known): Batch {
  const count = (...statuses: Version['status'][]) =>
    versions.filter(({ status }) => statuses.includes(status)).length;
  const paid = (...statuses: Version['status'][]) =>
    SCENE_CREDITS *
    versions.filter(
      ({ status, creditReference }) => creditReference !== null && statuses.includes(status),
    ).length;
  const { id, listingId, createdAt, pausedAt, cancelledAt, endedAt } = row;
  const ended = count('done', 'failed', 'cancelled');
  const under = versions
    .filter(({ status }) => status === 'running')
    .reduce((sum, { progress }) => sum + progress, 0);
  return {
    ...{ id, listingId, startedBy, createdAt, pausedAt, cancelledAt, endedAt },
    total: versions.length,
    queued: count('queued'),
    running: count('running'),
    done: count('done'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    progress: versions.length === 0 ? 1 : (ended + under) / versions.length,
    credits: {
      spent: paid('done'),
      held: paid('queued', 'running'),
      returned: paid('failed', 'cancelled'),
    },
    failures: versions
      .filter(({ status }) => status === 'failed')
      .map((version): BatchFailure => {
        const { failureCode, failureReason, sceneId } = version;
        return {
          ...{ enhancementId: version.id, sceneId },
          position: sceneOf.get(sceneId)?.position ?? null,
          label: sceneOf.get(sceneId)?.label ?? null,
          reason: failureReason ?? 'The photo could not be finished.',
          retryable: failureCode === null || isRetryable(failureCode),
        };
      })
      .sort((a, b) => (a.position ?? 0) - (b.position ?? 0)),
    skipped: row.skipped.map((each) => ({
      ...each,
      position: sceneOf.get(each.sceneId)?.position ?? null,
    })),
  };
}

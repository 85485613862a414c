import { and, count, desc, eq, gt } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { requireProject } from '../project/internal.ts';
import { usageOf } from '../usage/usage-of.ts';
import type { Upkeep } from './schema.ts';
import { reconcileRun, sweepAction } from './table.ts';

const WEEK_MS = 7 * 86_400_000;
const SHOWN = 100;

/** What the sweeper did for a project by itself, and how the last comparison of its storage went. */
export async function getUpkeep(ctx: SlipwayContext, call: { projectId: string }): Promise<Upkeep> {
  const project = await requireProject(ctx, call.projectId, 'project.read');
  const mine = eq(sweepAction.projectId, project.id);
  const since = new Date(ctx.now().getTime() - WEEK_MS);
  const [counts, actions, [run], usage] = await Promise.all([
    ctx.db
      .select({ action: sweepAction.action, times: count() })
      .from(sweepAction)
      .where(and(mine, gt(sweepAction.at, since)))
      .groupBy(sweepAction.action),
    ctx.db
      .select({ action: sweepAction, fileName: file.name })
      .from(sweepAction)
      .leftJoin(file, and(eq(file.id, sweepAction.fileId), eq(file.projectId, project.id)))
      .where(mine)
      .orderBy(desc(sweepAction.id))
      .limit(SHOWN),
    ctx.db
      .select()
      .from(reconcileRun)
      .where(eq(reconcileRun.storage, project.storageId ?? 'default')),
    usageOf(ctx.db, project.id),
  ]);
  return {
    counts: Object.fromEntries(counts.map(({ action, times }) => [action, times])),
    actions: actions.map(({ action: { projectId: _, at, ...action }, fileName }) => ({
      ...action,
      fileName,
      at: at.toISOString(),
    })),
    lastRun: run === undefined ? null : lastRun(run),
    usage,
  };
}

function lastRun({ storage: _, startedAt, endedAt, ...counts }: typeof reconcileRun.$inferSelect) {
  return {
    startedAt: startedAt.toISOString(),
    endedAt: (endedAt ?? startedAt).toISOString(),
    ...counts,
  };
}

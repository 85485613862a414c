import { and, asc, count, eq, gt, inArray, isNotNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { eraseObject } from '../file/erase.ts';
import { type FileRow, file } from '../file/table.ts';
import { clearProject, deleteProjectRow, endMoves } from '../storage-connection/forget.ts';
import { eraseProjectJob } from './jobs.ts';
import { project } from './table.ts';

const BATCH = 200;
/** After the last upload URL is over, also for an upload that is still running then. */
const AGAIN_SECONDS = 600;
/**
 * A bucket of the project's own that cannot be reached for so long, because its credentials were
 * withdrawn, say, keeps what is in it: it is its owner's.
 */
const GIVE_UP_MS = 7 * 86_400_000;

/**
 * Handler of `project.erase`: objects first, rows after, so that nothing is forgotten half way. The
 * bytes go at once; a row stays while its upload URL could bring new ones, and the job comes again.
 */
export async function eraseProject(
  ctx: SlipwayContext,
  { projectId }: { projectId: string },
): Promise<void> {
  const [found] = await ctx.db
    .select({ deletedAt: project.deletedAt })
    .from(project)
    .where(and(eq(project.id, projectId), isNotNull(project.deletedAt)));
  if (!found?.deletedAt) return;
  const giveUp = ctx.now().getTime() > found.deletedAt.getTime() + GIVE_UP_MS;
  await endMoves(ctx, projectId);
  // Ended like any other, so that nothing is settled or served any more.
  await ctx.db
    .update(file)
    .set({ status: 'deleted', endedAt: ctx.now() })
    .where(
      and(eq(file.projectId, projectId), inArray(file.status, ['pending', 'verifying', 'ready'])),
    );
  const files = await eraseFiles(ctx, { projectId, giveUp });
  const leftovers = await clearProject(ctx, { projectId, giveUp });
  const openUntil =
    files !== null && leftovers !== null ? later(files, leftovers) : (files ?? leftovers);
  if (openUntil !== null) return eraseAgain(ctx, { projectId, openUntil });
  const [held] = await ctx.db
    .select({ files: count() })
    .from(file)
    .where(eq(file.projectId, projectId));
  // One that was announced just before the project was deleted, and written just now.
  if ((held?.files ?? 0) > 0) return eraseAgain(ctx, { projectId, openUntil: ctx.now() });
  await deleteProjectRow(ctx, projectId);
}

/** Null when nothing is left; otherwise when nothing more can arrive for what is left. */
async function eraseFiles(
  ctx: SlipwayContext,
  { projectId, giveUp }: { projectId: string; giveUp: boolean },
): Promise<Date | null> {
  let openUntil: Date | null = null;
  let after = '';
  for (;;) {
    const rows = await ctx.db
      .select()
      .from(file)
      .where(and(eq(file.projectId, projectId), gt(file.id, after)))
      .orderBy(asc(file.id))
      .limit(BATCH);
    for (const row of rows) {
      const open = await eraseOne(ctx, { row, giveUp });
      if (open === null) await ctx.db.delete(file).where(eq(file.id, row.id));
      else openUntil = later(openUntil, open);
    }
    const last = rows.at(-1);
    if (last === undefined) return openUntil;
    after = last.id;
  }
}

/** Null when it is gone for good. One storage's failure keeps no other from being cleared. */
async function eraseOne(
  ctx: SlipwayContext,
  { row, giveUp }: { row: FileRow; giveUp: boolean },
): Promise<Date | null> {
  try {
    return (await eraseObject(ctx, row)) ? null : await overAt(ctx, row);
  } catch (error) {
    ctx.log.warn({ err: error, fileId: row.id }, 'a file of a deleted project was not erased yet');
    return giveUp && row.storageId !== null ? null : ctx.now();
  }
}

const later = (a: Date | null, b: Date) => (a === null || a < b ? b : a);

async function overAt(ctx: SlipwayContext, row: FileRow): Promise<Date> {
  const { grace } = await ctx.storages.of(row.storageId);
  return new Date(row.expiresAt.getTime() + grace.eraseMs);
}

function eraseAgain(
  ctx: SlipwayContext,
  { projectId, openUntil }: { projectId: string; openUntil: Date },
): Promise<void> {
  const wait = openUntil.getTime() - ctx.now().getTime();
  return ctx.queue.enqueue(ctx.db, eraseProjectJob, {
    payload: { projectId },
    delaySeconds: Math.max(0, Math.ceil(wait / 1000)) + AGAIN_SECONDS,
  });
}

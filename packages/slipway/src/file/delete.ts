import type { Tx } from '@repo/foundation/db';
import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { fileView, getFileInProject } from './internal.ts';
import { eraseFileJob } from './jobs.ts';
import { purgeVersions } from './purge.ts';
import type { FileView } from './schema.ts';
import { type FileRow, file, isNotHolding } from './table.ts';
import { lockVersions } from './take-place.ts';
import { type TransitionReason, transition } from './transition.ts';

const DAY_MS = 86_400_000;

/**
 * The file stops being served with this commit. With `trash` it can be restored for as long as the
 * project's rules say, and its bytes count until then; else they are erased by a job. Deleting again
 * changes nothing, but without `trash` what is in there is erased. Older versions go
 * with the newest.
 */
export async function deleteFile(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string; trash?: boolean | undefined },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId, 'file.delete');
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  const trash = call.trash === true;
  if (!trash && row.trashedUntil !== null) await purgeVersions(ctx, { row, project });
  const deleted = await ctx.db.transaction(async (tx) => {
    if (row.status === 'ready') await lockVersions(tx, row);
    const reason = { code: 'deleted' };
    const ended = await endFile(tx, ctx, { row, project, trash, reason });
    if (ended !== undefined) await endOlderVersions(tx, ctx, { ended, project, trash, reason });
    return ended;
  });
  return fileView(deleted ?? { ...row, status: 'deleted' }, {
    project,
    filesUrl: ctx.config.filesUrl,
  });
}

/** Whoever deletes a file means all of it, not only what it is today. Of an older version nothing else goes. */
export async function endOlderVersions(
  tx: Tx,
  ctx: SlipwayContext,
  { ended, ...how }: { ended: FileRow } & Omit<Ending, 'row'>,
): Promise<void> {
  if (ended.replacedBy !== null) return;
  for (const row of await olderVersions(tx, ended)) await endFile(tx, ctx, { row, ...how });
}

function olderVersions(tx: Tx, { projectId, customId, isTest }: FileRow): Promise<FileRow[]> {
  if (customId === null) return Promise.resolve([]);
  return tx
    .select()
    .from(file)
    .where(
      and(
        eq(file.projectId, projectId),
        eq(file.customId, customId),
        eq(file.isTest, isTest),
        eq(file.status, 'ready'),
        isNotNull(file.replacedBy),
        isNotHolding(),
      ),
    )
    .orderBy(asc(file.id));
}

interface Ending {
  row: FileRow;
  project: Project;
  trash: boolean;
  reason: TransitionReason;
}

/** Deletes a file inside the caller's transaction; undefined when it was deleted before. */
export async function endFile(
  tx: Tx,
  ctx: SlipwayContext,
  input: Ending,
): Promise<FileRow | undefined> {
  const { row, project, trash, reason } = input;
  const { trashDays } = project.rules;
  // Only what is ready has bytes that could be restored.
  const keep = trash && trashDays > 0 && row.status === 'ready';
  const trashedUntil = keep ? new Date(ctx.now().getTime() + trashDays * DAY_MS) : null;
  const updated = await transition(tx, ctx, {
    fileId: row.id,
    project,
    to: 'deleted',
    reason: keep ? { ...reason, code: 'trashed' } : reason,
    set: { trashedUntil },
  });
  if (updated !== undefined && !keep)
    await ctx.queue.enqueue(tx, eraseFileJob, { payload: { fileId: row.id } });
  return updated;
}

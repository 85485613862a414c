import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { isUniqueViolation } from '@repo/foundation/errors';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { recordEvent } from '../event/record.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { checkMetadata } from './check-metadata.ts';
import { checkVisibility } from './check-rules.ts';
import { effectiveRules } from './effective-rules.ts';
import { fileView, getFileInProject } from './internal.ts';
import { type FileView, UpdateFile } from './schema.ts';
import { checkExtension } from './sniff-extension.ts';
import { type FileRow, file, isNotHolding } from './table.ts';
import { checkTestExpiry } from './test-mode.ts';

/**
 * Changes what is said of a file: its name, folder, tags, metadata and so on. Its bytes and its address
 * stay what they are.
 *
 * @throws `metadata_invalid`, `custom_id_taken`, `file_deleted`.
 */
export async function updateFile(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string; change: UpdateFile },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId, 'file.update');
  const change = UpdateFile.parse(call.change);
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  if (change.metadata !== undefined) {
    const asked = { now: ctx.now() };
    const rules = effectiveRules(project.rules, { route: row.route ?? undefined }, asked);
    for (const each of rules.metadata) checkMetadata(change.metadata, each);
  }
  checkTestExpiry(row, change.expiresAt);
  checkVisibility(change, { project, isPrivate: false });
  if (change.name !== undefined) checkExtension({ name: change.name, type: row.type });
  const set = (now: FileRow) => {
    if (change.customId !== undefined) requireNewest(now);
    return columnsOf(change);
  };
  const updated = await changeFile(ctx, { row, project, set });
  return fileView(updated, { project, filesUrl: ctx.config.filesUrl });
}

function requireNewest({ replacedBy }: FileRow): void {
  if (replacedBy === null) return;
  throw slipwayError(
    'conflict',
    'This is an older version: its customId is that of the newest one. Change that one, or restore this one first.',
  );
}

type Columns = Partial<typeof file.$inferInsert>;

function columnsOf(change: z.output<typeof UpdateFile>): Columns {
  const { visibility, expiresAt, ...same } = change;
  const given = Object.entries(same).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as Columns),
    // Also where the project is private by itself: that may change, and this word stays.
    ...(visibility !== undefined && { isPrivate: visibility === 'private' }),
    ...(expiresAt !== undefined && { deleteAt: expiresAt === null ? null : new Date(expiresAt) }),
  };
}

/** Older versions go by the id of the newest one. */
async function renameVersions(
  tx: Tx,
  { row, customId }: { row: FileRow; customId: string | null },
): Promise<void> {
  if (row.customId === null) return;
  await tx
    .update(file)
    .set({ customId })
    .where(
      and(
        eq(file.projectId, row.projectId),
        eq(file.customId, row.customId),
        eq(file.isTest, row.isTest),
        isNotNull(file.replacedBy),
        isNotHolding(),
      ),
    );
}

interface Change {
  row: FileRow;
  project: Project;
  /** What is written, by the file as it is when it is written. */
  set: (now: FileRow) => Columns;
}

/** The change, its audit entry and its event, or nothing. */
export async function changeFile(ctx: SlipwayContext, change: Change): Promise<FileRow> {
  return ctx.db
    .transaction((tx) => changeFileIn(tx, ctx, change))
    .catch((error: unknown) => {
      if (!isUniqueViolation(error, 'file_project_custom_id')) throw error;
      throw slipwayError('custom_id_taken', 'Another file of this project has this customId.', {
        cause: error,
      });
    });
}

/** The same in the caller's transaction. Of two at once the second one changes what the first one wrote. */
export async function changeFileIn(
  tx: Tx,
  ctx: SlipwayContext,
  { row: { id }, project, set }: Change,
): Promise<FileRow> {
  const [before] = await tx.select().from(file).where(eq(file.id, id)).for('update');
  if (before === undefined || before.status === 'deleted')
    throw slipwayError('file_deleted', 'This file was deleted; restore it first.');
  const columns = set(before);
  const [after] = await tx.update(file).set(columns).where(eq(file.id, id)).returning();
  if (after === undefined) throw new Error('the changed file was not returned');
  // One that never became the newest has none.
  const isNewest = after.status === 'ready' && after.replacedBy === null;
  if (columns.customId !== undefined && isNewest)
    await renameVersions(tx, { row: before, customId: columns.customId });
  const names = Object.keys(columns) as (keyof Columns & keyof FileRow)[];
  const values = (of: FileRow) => Object.fromEntries(names.map((name) => [name, of[name]]));
  await recordAudit(tx, ctx, {
    organizationId: project.organizationId,
    action: 'file.updated',
    entityId: id,
    data: { projectId: project.id, from: values(before), to: values(after) },
  });
  await recordEvent(tx, ctx, {
    projectId: project.id,
    type: 'file.updated',
    entityId: id,
    data: { file: fileView(after, { project, filesUrl: ctx.config.filesUrl }) },
    at: ctx.now(),
  });
  return after;
}

import { recordAudit } from '@repo/foundation/audit';
import type { Tx } from '@repo/foundation/db';
import { isUniqueViolation } from '@repo/foundation/errors';
import { and, eq, isNotNull, ne } from 'drizzle-orm';
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
  if (change.customId !== undefined && row.replacedBy !== null)
    throw slipwayError(
      'conflict',
      'This is an older version: its customId is that of the newest one. Change that one, or restore this one first.',
    );
  if (change.name !== undefined) checkExtension({ name: change.name, type: row.type });
  const updated = await changeFile(ctx, { row, project, set: columnsOf(change, project) });
  return fileView(updated, { project, filesUrl: ctx.config.filesUrl });
}

type Columns = Partial<typeof file.$inferInsert>;

function columnsOf(change: z.output<typeof UpdateFile>, project: Project): Columns {
  const { visibility, expiresAt, ...same } = change;
  const given = Object.entries(same).filter(([, value]) => value !== undefined);
  return {
    ...(Object.fromEntries(given) as Columns),
    ...(visibility !== undefined && {
      isPrivate: project.rules.visibility === 'public' && visibility === 'private',
    }),
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

/** The change, its audit entry and its event, or nothing. */
export async function changeFile(
  ctx: SlipwayContext,
  { row, project, set }: { row: FileRow; project: Project; set: Columns },
): Promise<FileRow> {
  return ctx.db
    .transaction(async (tx) => {
      const [updated] = await tx
        .update(file)
        .set(set)
        .where(and(eq(file.id, row.id), ne(file.status, 'deleted')))
        .returning();
      if (updated === undefined)
        throw slipwayError('file_deleted', 'This file was deleted; restore it first.');
      // One that never became the newest has none.
      const isNewest = updated.status === 'ready' && updated.replacedBy === null;
      if (set.customId !== undefined && isNewest)
        await renameVersions(tx, { row, customId: set.customId });
      const names = Object.keys(set) as (keyof Columns & keyof FileRow)[];
      const values = (of: FileRow) => Object.fromEntries(names.map((name) => [name, of[name]]));
      await recordAudit(tx, ctx, {
        organizationId: project.organizationId,
        action: 'file.updated',
        entityId: row.id,
        data: { projectId: project.id, from: values(row), to: values(updated) },
      });
      await recordEvent(tx, ctx, {
        projectId: project.id,
        type: 'file.updated',
        entityId: row.id,
        data: { file: fileView(updated, { project, filesUrl: ctx.config.filesUrl }) },
        at: ctx.now(),
      });
      return updated;
    })
    .catch((error: unknown) => {
      if (!isUniqueViolation(error, 'file_project_custom_id')) throw error;
      throw slipwayError('custom_id_taken', 'Another file of this project has this customId.', {
        cause: error,
      });
    });
}

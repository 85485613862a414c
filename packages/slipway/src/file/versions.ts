import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import type { Tx } from '@repo/foundation/db';
import { and, desc, eq, isNotNull, or } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { recordEvent } from '../event/record.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { hasCustomId } from './custom-id.ts';
import { fileView, getFileInProject } from './internal.ts';
import type { FileVersions } from './schema.ts';
import { type FileRow, file, fileTransition } from './table.ts';
import { lockVersions, takePlace } from './take-place.ts';

const MOST = 1000;

/** All versions of a file that there are, also those in the trash; the newest first. */
export async function listVersions(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string },
): Promise<FileVersions> {
  const project = await requireProject(ctx, call.projectId, 'file.read');
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  const rows = row.customId === null ? [row] : await versionsOf(ctx, row);
  return {
    data: rows.map((each) => fileView(each, { project, filesUrl: ctx.config.filesUrl })),
  };
}

function versionsOf(
  ctx: SlipwayContext,
  { projectId, customId, isTest }: FileRow,
): Promise<FileRow[]> {
  return ctx.db
    .select()
    .from(file)
    .where(
      and(
        eq(file.projectId, projectId),
        hasCustomId(customId ?? ''),
        eq(file.isTest, isTest),
        isNotNull(file.readyAt),
        or(eq(file.status, 'ready'), isNotNull(file.trashedUntil)),
      ),
    )
    .orderBy(desc(file.readyAt), desc(file.id))
    .limit(MOST);
}

/** An older version becomes the newest again, and what was it an older one. Undefined when it is none (any more). */
export async function restoreVersion(
  ctx: SlipwayContext,
  { row, project }: { row: FileRow; project: Project },
): Promise<FileRow | undefined> {
  return ctx.db.transaction(async (tx) => {
    await lockVersions(tx, row);
    return becomeNewest(tx, ctx, { fileId: row.id, project });
  });
}

/** The same for whoever holds the lock of its versions. */
export async function becomeNewest(
  tx: Tx,
  ctx: SlipwayContext,
  { fileId, project }: { fileId: string; project: Project },
): Promise<FileRow | undefined> {
  const [row] = await tx.select().from(file).where(eq(file.id, fileId)).for('update');
  if (row?.status !== 'ready' || row.replacedBy === null) return undefined;
  const replaces = await takePlace(tx, ctx, { newcomer: row, project });
  const [restored] = await tx
    .update(file)
    .set({ replacedBy: null, versionUntil: null, replaces })
    .where(eq(file.id, fileId))
    .returning();
  if (restored === undefined) return undefined;
  await tellRestored(tx, ctx, { restored, project });
  return restored;
}

async function tellRestored(
  tx: Tx,
  ctx: SlipwayContext,
  { restored, project }: { restored: FileRow; project: Project },
): Promise<void> {
  const { id: fileId, name, replaces } = restored;
  const at = ctx.now();
  await tx.insert(fileTransition).values({
    fileId,
    from: 'ready',
    to: 'ready',
    reason: 'restored',
    message: 'It is the newest version again.',
    actorType: ctx.actor.type,
    actorId: actorId(ctx.actor),
    at,
  });
  await recordAudit(tx, ctx, {
    organizationId: project.organizationId,
    action: 'file.restored',
    entityId: fileId,
    data: { projectId: project.id, name, replaces },
  });
  await recordEvent(tx, ctx, {
    projectId: project.id,
    type: 'file.restored',
    entityId: fileId,
    data: {
      file: fileView(restored, { project, filesUrl: ctx.config.filesUrl }),
      reason: 'restored',
    },
    at,
  });
}

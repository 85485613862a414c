import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import { file } from '../file/table.ts';
import { requireProject } from '../project/internal.ts';
import { type FileNames, type FoundFile, findFiles } from './find-file.ts';
import { namesOf, RenameFiles, UpdateAcl } from './rest-schema.ts';
import { uploadthingFile } from './table.ts';
import type { UploadthingCaller } from './verify-key.ts';

/** @throws `not_found` before anything is changed, when one of them is not there. */
async function requireFiles<
  U extends { fileKey?: string | undefined; customId?: string | undefined },
>(
  { ctx, project }: UploadthingCaller,
  updates: readonly U[],
): Promise<(FoundFile & { update: U })[]> {
  const found: (FoundFile & { update: U })[] = [];
  for (const update of updates) {
    const names: FileNames = namesOf(update);
    const [each] = await findFiles(ctx, { projectId: project.id, names });
    if (each === undefined || each.row.status === 'deleted')
      throw slipwayError('not_found', `There is no file "${update.fileKey ?? update.customId}".`);
    found.push({ ...each, update });
  }
  return found;
}

export async function renameUploadthingFiles(caller: UploadthingCaller, input: unknown) {
  const { ctx, project } = caller;
  await requireProject(ctx, project.id, 'file.update');
  const { updates } = RenameFiles.parse(input);
  const found = await requireFiles(caller, updates);
  await ctx.db.transaction(async (tx) => {
    for (const { row, update } of found) {
      await tx.update(file).set({ name: update.newName }).where(eq(file.id, row.id));
      await recordAudit(tx, ctx, {
        organizationId: project.organizationId,
        action: 'file.renamed',
        entityId: row.id,
        data: { projectId: project.id, from: row.name, to: update.newName },
      });
    }
  });
  return { success: true };
}

/** Who may read files without a signature. Private ones are so at our own addresses, too. */
export async function updateUploadthingAcl(caller: UploadthingCaller, input: unknown) {
  const { ctx, project } = caller;
  await requireProject(ctx, project.id, 'file.update');
  const { updates } = UpdateAcl.parse(input);
  const found = await requireFiles(caller, updates);
  await ctx.db.transaction(async (tx) => {
    for (const { row, upload, update } of found) {
      const { acl } = update;
      await tx
        .update(file)
        .set({ isPrivate: acl === 'private' })
        .where(eq(file.id, row.id));
      await tx.update(uploadthingFile).set({ acl }).where(eq(uploadthingFile.fileId, row.id));
      const from = upload?.acl ?? (row.isPrivate ? 'private' : project.rules.visibility);
      await recordAudit(tx, ctx, {
        organizationId: project.organizationId,
        action: 'file.acl_changed',
        entityId: row.id,
        data: { projectId: project.id, name: row.name, from, to: acl },
      });
    }
  });
  return { success: true };
}

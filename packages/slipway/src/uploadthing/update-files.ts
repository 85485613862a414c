import { recordAudit } from '@repo/foundation/audit';
import { eq } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import { checkVisibility } from '../file/check-rules.ts';
import { checkExtension } from '../file/sniff-extension.ts';
import { changeFileIn } from '../file/update.ts';
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
  // Two calls at once hold their rows in one order, or each waits for the other.
  return found.sort((a, b) => (a.row.id < b.row.id ? -1 : 1));
}

export async function renameUploadthingFiles(caller: UploadthingCaller, input: unknown) {
  const { ctx, project } = caller;
  await requireProject(ctx, project.id, 'file.update');
  const { updates } = RenameFiles.parse(input);
  const found = await requireFiles(caller, updates);
  for (const { row, update } of found) checkExtension({ name: update.newName, type: row.type });
  await ctx.db.transaction(async (tx) => {
    for (const { row, update } of found)
      await changeFileIn(tx, ctx, { row, project, set: () => ({ name: update.newName }) });
  });
  return { success: true };
}

/** Who may read files without a signature. Private ones are so at our own addresses, too. */
export async function updateUploadthingAcl(caller: UploadthingCaller, input: unknown) {
  const { ctx, project } = caller;
  await requireProject(ctx, project.id, 'file.update');
  const { updates } = UpdateAcl.parse(input);
  const found = await requireFiles(caller, updates);
  // One that came another way has no more than the project's rules allow.
  for (const { upload, update } of found)
    if (upload === null && update.acl === 'public-read')
      checkVisibility({ visibility: 'public' }, { project, isPrivate: false });
  await ctx.db.transaction(async (tx) => {
    for (const { row, upload, update } of found) {
      const { acl } = update;
      const set = () => ({ isPrivate: acl === 'private' });
      await changeFileIn(tx, ctx, { row, project, set });
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

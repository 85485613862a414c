import type { Tx } from '@repo/foundation/db';
import { isUniqueViolation } from '@repo/foundation/errors';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { eraseFileJob } from '../file/jobs.ts';
import { type FileRow, file } from '../file/table.ts';
import { transition } from '../file/transition.ts';
import type { Project } from '../project/table.ts';
import type { UploadthingOrigin } from './file-key.ts';
import { uploadthingFile } from './table.ts';

/** In the place of a URL's signature: no URL of an SDK is that of a copied file. */
const COPIED = 'copied';

interface Adoption {
  project: Project;
  origin: UploadthingOrigin;
}

/**
 * Before a file is announced that was at UploadThing: its key is taken back from a copy that never
 * became ready. What was ready once keeps it for good, because its address was given out.
 *
 * @throws `file_key_taken`, with the file that has it.
 */
export async function freeFileKey(
  tx: Tx,
  ctx: SlipwayContext,
  { project, origin }: Adoption,
): Promise<void> {
  const [found] = await tx
    .select({ row: file, upload: uploadthingFile })
    .from(uploadthingFile)
    .innerJoin(file, eq(file.id, uploadthingFile.fileId))
    .where(and(eq(uploadthingFile.projectId, project.id), eq(uploadthingFile.key, origin.key)))
    .for('update');
  if (found === undefined) return;
  const { row, upload } = found;
  if (row.status === 'pending' && upload.signature === COPIED && origin.restart === true) {
    const reason = { code: 'cancelled' };
    await transition(tx, ctx, { fileId: row.id, project, to: 'deleted', reason });
    await ctx.queue.enqueue(tx, eraseFileJob, { payload: { fileId: row.id } });
  } else if (row.readyAt !== null || row.status === 'pending' || row.status === 'verifying') {
    throw keyTaken(origin.key, row);
  }
  await tx.delete(uploadthingFile).where(eq(uploadthingFile.fileId, row.id));
}

/** With the file's row: from now on it is found under the key that it had. */
export async function adoptFileKey(
  tx: Tx,
  ctx: SlipwayContext,
  { project, origin, fileId }: Adoption & { fileId: string },
): Promise<void> {
  const { key, acl = null } = origin;
  try {
    await tx.insert(uploadthingFile).values({
      ...{ fileId, projectId: project.id, key, signature: COPIED, slug: null, acl },
      ...{ disposition: 'inline' as const, createdAt: ctx.now() },
    });
  } catch (error) {
    if (isUniqueViolation(error, 'uploadthing_file_project_key')) throw keyTaken(key);
    throw error;
  }
  if (acl === 'private') await tx.update(file).set({ isPrivate: true }).where(eq(file.id, fileId));
}

function keyTaken(key: string, row?: FileRow) {
  const details = row && { fileId: row.id, status: row.status };
  return slipwayError(
    'file_key_taken',
    `A file of this project has the key "${key}" already${row ? `: ${row.id}, ${row.status}` : ''}.`,
    details && { details },
  );
}

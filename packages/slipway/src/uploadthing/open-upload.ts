import { isUniqueViolation } from '@repo/foundation/errors';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { file } from '../file/table.ts';
import { createTusUpload } from '../tus/create.ts';
import { type UploadthingFileRow, uploadthingFile } from './table.ts';
import type { UploadGrant } from './upload-grant.ts';

export async function findUpload(
  ctx: SlipwayContext,
  { projectId, fileKey }: { projectId: string; fileKey: string },
): Promise<UploadthingFileRow | undefined> {
  const [row] = await ctx.db
    .select()
    .from(uploadthingFile)
    .where(and(eq(uploadthingFile.projectId, projectId), eq(uploadthingFile.key, fileKey)));
  return row;
}

/**
 * The upload of this URL, if it began; keys are made by clients from 32 bits, so that two of them do meet.
 *
 * @throws `file_key_taken` when another URL had this key before.
 */
export async function findOwnUpload(
  ctx: SlipwayContext,
  { project, fileKey, signature }: UploadGrant,
): Promise<UploadthingFileRow | undefined> {
  const found = await findUpload(ctx, { projectId: project.id, fileKey });
  if (found === undefined || found.signature === signature) return found;
  throw slipwayError(
    'file_key_taken',
    `Another upload of this app has the key "${fileKey}" already. Ask for a new URL and send the file there.`,
  );
}

/**
 * The upload of this URL; with its first request it is announced, by the project's rules and quota.
 *
 * @throws what `requestUpload` throws, and `file_key_taken`.
 */
export async function openUpload(grant: UploadGrant): Promise<UploadthingFileRow> {
  const { ctx } = grant;
  const known = await findOwnUpload(ctx, grant);
  if (known !== undefined) return known;
  try {
    await announce(grant);
  } catch (error) {
    // Two requests of one upload at once: the other one announced it.
    if (!isUniqueViolation(error, 'uploadthing_file_project_key')) throw error;
  }
  const opened = await findOwnUpload(ctx, grant);
  if (opened !== undefined) return opened;
  throw slipwayError('not_found', 'There is no such upload.');
}

async function announce(grant: UploadGrant): Promise<void> {
  const { ctx, project, wish, fileKey, signature, slug, acl, disposition } = grant;
  await createTusUpload(ctx, {
    projectId: project.id,
    length: wish.size,
    metadata: undefined,
    partial: false,
    token: undefined,
    wish,
    onCreated: async (tx, fileId) => {
      await tx.insert(uploadthingFile).values({
        ...{ fileId, projectId: project.id, key: fileKey, signature },
        ...{ slug, acl, disposition, createdAt: ctx.now() },
      });
      await tx
        .update(file)
        .set({
          route: slug,
          hasCallback: slug !== null,
          ...(acl === 'private' && { isPrivate: true }),
        })
        .where(eq(file.id, fileId));
    },
  });
}

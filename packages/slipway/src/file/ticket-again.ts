import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import type { Project } from '../project/table.ts';
import type { UploadTicket } from './schema.ts';
import { type FileRow, file } from './table.ts';
import { signUploadSession } from './upload-session.ts';

/** The file of a call that somebody began and died over, if it came so far. */
export async function announcedBefore(
  { db, once }: SlipwayContext,
  { id: projectId }: Project,
): Promise<FileRow | null> {
  if (!once?.again) return null;
  const [row] = await db
    .select()
    .from(file)
    .where(and(eq(file.id, once.idOf('file')), eq(file.projectId, projectId)));
  return row ?? null;
}

/**
 * Where the bytes of an announced file go, said once more.
 *
 * @throws `upload_expired`.
 */
export async function ticketAgain(ctx: SlipwayContext, row: FileRow): Promise<UploadTicket> {
  const { id, key, incomingKey, size, type, sha256, partSize, expiresAt } = row;
  const seconds = Math.floor((expiresAt.getTime() - ctx.now().getTime()) / 1000);
  if (row.status !== 'pending' || seconds < 1)
    throw slipwayError('upload_expired', 'The upload that this call began is over; begin another.');
  const common = { id, key, expiresAt: expiresAt.toISOString() };
  if (row.uploadKind === 'multipart' && partSize !== null) {
    return {
      ...common,
      url: signUploadSession(ctx, { fileId: id, expiresAt }),
      method: 'POST',
      headers: {},
      multipart: { partSize, partCount: Math.ceil(size / partSize) },
    };
  }
  const storage = await ctx.storages.of(row.storageId);
  const grant = await storage.signUpload({
    key: incomingKey ?? key,
    size,
    type,
    expiresInSeconds: seconds,
    sha256: sha256 ?? undefined,
    createOnly: incomingKey === null,
  });
  return { ...common, ...grant };
}

import { recordAudit } from '@repo/foundation/audit';
import { and, eq, inArray } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireProject } from '../project/internal.ts';
import { fileView, getFileInProject } from './internal.ts';
import { CompleteUpload, type FileView } from './schema.ts';
import type { FileRow } from './table.ts';
import { file, UNFINISHED } from './table.ts';
import { type Verified, verifyObject } from './verify-object.ts';

/**
 * Looks at the stored bytes and settles the upload: `ready`, or `rejected` with
 * the reason. Safe to call any number of times, also at once: every caller gets
 * the one outcome.
 *
 * @throws `object_missing` (nothing there yet; the upload stays open), `size_mismatch`,
 * `type_mismatch`, `digest_mismatch` (rejected for good), `upload_expired`, `file_deleted`.
 */
export async function completeUpload(
  ctx: SlipwayContext,
  call: { projectId: string; upload: CompleteUpload },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId);
  const { id, key } = CompleteUpload.parse(call.upload);
  const row = await getFileInProject(ctx, { projectId: project.id, id, key });
  const settled = await settle(ctx, { row, organizationId: project.organizationId });
  return fileView(settled, { project, publicUrl: ctx.config.publicUrl });
}

/** Brings an unfinished file to its end, if its bytes are there. Used by the API and by the sweeper. */
export async function settle(
  ctx: SlipwayContext,
  input: { row: FileRow; organizationId: string },
): Promise<FileRow> {
  const { row, organizationId } = input;
  if (row.status !== 'pending' && row.status !== 'verifying') return outcomeOf(row);
  const found = await ctx.storage.head(row.key);
  if (found === null) {
    throw slipwayError(
      'object_missing',
      `Expected an object of ${row.size} bytes at the upload’s URL; there is none yet. PUT the bytes, then complete again.`,
      { details: { expected: row.size } },
    );
  }
  if (row.status === 'pending') {
    await ctx.db
      .update(file)
      .set({ status: 'verifying' })
      .where(and(eq(file.id, row.id), eq(file.status, 'pending')));
  }
  const verified = await verifyObject(ctx, { row, found });
  return outcomeOf(await record(ctx, { row, verified, organizationId }));
}

/** One transaction: the state and its audit entry. Whoever comes second finds the state changed and reads it. */
async function record(
  ctx: SlipwayContext,
  input: { row: FileRow; verified: Verified; organizationId: string },
): Promise<FileRow> {
  const { row, verified, organizationId } = input;
  const now = ctx.now();
  const change = verified.ok
    ? { status: 'ready' as const, sha256: verified.sha256, readyAt: now }
    : { status: 'rejected' as const, failure: verified.failure, endedAt: now };
  const changed = await ctx.db.transaction(async (tx) => {
    const [updated] = await tx
      .update(file)
      .set(change)
      .where(and(eq(file.id, row.id), inArray(file.status, [...UNFINISHED])))
      .returning();
    if (updated === undefined) return undefined;
    await recordAudit(tx, ctx, {
      organizationId,
      action: verified.ok ? 'file.ready' : 'file.rejected',
      entityId: row.id,
      data: { projectId: row.projectId, ...(verified.ok ? { size: row.size } : verified.failure) },
    });
    return updated;
  });
  if (changed === undefined) return getFileInProject(ctx, { projectId: row.projectId, id: row.id });
  if (changed.status === 'rejected') {
    // Bytes that were refused are not kept. Should this fail, the answer is still the rejection:
    // the sweeper erases every ended file once its upload URL is over.
    await ctx.storage.delete(row.key).catch((error: unknown) => {
      ctx.log.warn({ err: error, fileId: row.id }, 'refused bytes could not be erased yet');
    });
  }
  return changed;
}

/** A ready file, or the error that says how it ended instead. */
function outcomeOf(row: FileRow): FileRow {
  switch (row.status) {
    case 'ready':
      return row;
    case 'rejected':
    case 'failed':
      throw rejection(row);
    case 'expired':
      throw slipwayError(
        'upload_expired',
        `This upload had to begin before ${row.expiresAt.toISOString()}.`,
      );
    case 'deleted':
      throw slipwayError('file_deleted', 'This file was deleted.');
    case 'pending':
    case 'verifying':
      throw slipwayError('unavailable', 'This upload is being verified; ask again.', {
        retryAfter: 1,
      });
  }
}

function rejection(row: FileRow) {
  const { code, message } = row.failure ?? {
    code: 'upload_failed',
    message: 'This upload failed.',
  };
  const known =
    code === 'size_mismatch' || code === 'type_mismatch' || code === 'digest_mismatch'
      ? code
      : 'upload_failed';
  return slipwayError(known, message, { details: { fileId: row.id, status: row.status } });
}

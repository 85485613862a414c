import type { Tx } from '@repo/foundation/db';
import { and, asc, eq, ne, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { scrubFileJob } from '../reconcile/jobs.ts';
import type { Storage } from '../storage/storage.ts';
import { remember } from '../storage-connection/move/leftover.ts';
import { digestsOf } from './read-object.ts';
import { type FileRow, file } from './table.ts';

interface Verified {
  row: FileRow;
  storage: Storage;
  /** Of the bytes that came, as they were just looked at. */
  sha256: string | null;
}

/**
 * A ready file on whose object this one may stand, because both were announced under the rule, are of one
 * project, storage, visibility, world and type, and have the same bytes: its object is read back first, since the
 * bytes that came are given up for it. Null when there is none.
 */
export async function findTwin(
  ctx: SlipwayContext,
  { row, storage, sha256 }: Verified,
): Promise<FileRow | null> {
  if (!row.dedupe || sha256 === null || row.size === 0) return null;
  const [twin] = await ctx.db
    .select()
    .from(file)
    .where(
      and(
        eq(file.projectId, row.projectId),
        eq(file.sha256, sha256),
        sql`${file.dedupe}`,
        eq(file.status, 'ready'),
        eq(file.size, row.size),
        eq(file.type, row.type),
        eq(file.isPrivate, row.isPrivate),
        eq(file.isTest, row.isTest),
        sql`${file.storageId} is not distinct from ${row.storageId}`,
        ne(file.id, row.id),
      ),
    )
    .orderBy(asc(file.createdAt), asc(file.id))
    .limit(1);
  if (twin === undefined) return null;
  try {
    const found = await storage.head(twin.key);
    const read = { key: twin.key, size: row.size, partSize: null };
    if (found?.size === row.size && (await digestsOf(storage, read)).sha256 === sha256) return twin;
  } catch (error) {
    ctx.log.warn({ err: error, fileId: twin.id }, 'bytes that could be shared cannot be read');
    return null;
  }
  ctx.log.error({ fileId: twin.id }, 'bytes that could be shared are damaged');
  await ctx.queue.enqueue(ctx.db, scrubFileJob, { payload: { fileId: twin.id } });
  return null;
}

/**
 * What changes in the row that comes to stand on the other one's object; its address stays its own. Nothing
 * when that one is not there any more: it is held until this transaction ends, so that whoever erases its
 * object sees that it is shared. What came is removed like what a move leaves behind, also what comes late.
 */
export async function shareBytes(
  tx: Tx,
  ctx: SlipwayContext,
  { row, twin, storage }: { row: FileRow; twin: FileRow; storage: Storage },
): Promise<Partial<FileRow>> {
  const { storageId, key, projectId } = row;
  const [held] = await tx
    .select({ id: file.id })
    .from(file)
    .where(
      and(
        eq(file.id, twin.id),
        eq(file.status, 'ready'),
        eq(file.key, twin.key),
        sql`${file.storageId} is not distinct from ${storageId}`,
      ),
    )
    .for('share');
  if (held === undefined) return {};
  const openUntil = new Date(row.expiresAt.getTime() + storage.grace.eraseMs);
  await remember(tx, { storageId, key, projectId, dueAt: ctx.now(), openUntil });
  return { key: twin.key, address: key };
}

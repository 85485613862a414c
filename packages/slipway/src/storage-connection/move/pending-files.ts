import type { Db, Tx } from '@repo/foundation/db';
import { and, count, eq, inArray, ne, type SQL, sql, sum } from 'drizzle-orm';
import { type FileRow, file, UNFINISHED } from '../../file/table.ts';
import type { StorageId } from './leftover.ts';

const elsewhere = (toId: StorageId): SQL => sql`${file.storageId} is distinct from ${toId}`;

/** Ready files of a project that are not where they are to be. Pieces of unfinished uploads stay with these. */
const toMove = ({ projectId, toId }: { projectId: string; toId: StorageId }) =>
  and(
    eq(file.projectId, projectId),
    eq(file.status, 'ready'),
    ne(file.uploadKind, 'tus_partial'),
    elsewhere(toId),
  );

export interface Cursor {
  createdAt: Date;
  id: string;
}

/** Newest first, as the index has them, so that each batch begins where the last one ended. */
export function nextBatch(
  db: Db,
  input: { projectId: string; toId: StorageId; after: Cursor | null; limit: number },
): Promise<FileRow[]> {
  const { after, limit } = input;
  return db
    .select()
    .from(file)
    .where(
      and(
        toMove(input),
        after === null
          ? undefined
          : sql`(${file.createdAt}, ${file.id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id})`,
      ),
    )
    .orderBy(sql`${file.createdAt} desc`, sql`${file.id} desc`)
    .limit(limit);
}

export async function countToMove(
  db: Db | Tx,
  where: { projectId: string; toId: StorageId },
): Promise<{ files: number; bytes: number }> {
  const [row] = await db
    .select({ files: count(), bytes: sum(file.size).mapWith(Number) })
    .from(file)
    .where(toMove(where));
  return { files: row?.files ?? 0, bytes: row?.bytes ?? 0 };
}

/** Uploads that will end elsewhere. */
export async function countUnfinished(
  db: Db | Tx,
  { projectId, toId }: { projectId: string; toId: StorageId },
): Promise<number> {
  const [row] = await db
    .select({ uploads: count() })
    .from(file)
    .where(
      and(eq(file.projectId, projectId), inArray(file.status, [...UNFINISHED]), elsewhere(toId)),
    );
  return row?.uploads ?? 0;
}

import type { Db, Tx } from '@repo/foundation/db';
import { and, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import { file } from '../file/table.ts';

/** What one of a developer's users holds. */
export interface UploaderUsage {
  uploader: string;
  files: number;
  bytes: number;
  /** Of these, what is on its way. */
  reservedFiles: number;
  reservedBytes: number;
}

/** Counted from the files themselves: a user has few beside the project. */
const select = (db: Db | Tx) =>
  db.select({
    uploader: sql<string>`${file.uploader}`,
    files: sql`count(*)`.mapWith(Number),
    bytes: sql`coalesce(sum(${file.size}), 0)`.mapWith(Number),
    reservedFiles: sql`count(*) filter (where ${unfinished})`.mapWith(Number),
    reservedBytes: sql`coalesce(sum(${file.size}) filter (where ${unfinished}), 0)`.mapWith(Number),
  });

const unfinished = sql`${file.status} in ('pending', 'verifying')`;

/** What is in the trash counts until it is erased; test files never do. */
export const isHeld = and(
  eq(file.isTest, false),
  or(inArray(file.status, ['pending', 'verifying', 'ready']), isNotNull(file.trashedUntil)),
);

export async function usageOfUploaders(
  db: Db | Tx,
  { projectId, uploaders }: { projectId: string; uploaders: readonly string[] },
): Promise<UploaderUsage[]> {
  if (uploaders.length === 0) return [];
  return select(db)
    .from(file)
    .where(and(eq(file.projectId, projectId), inArray(file.uploader, [...uploaders]), isHeld))
    .groupBy(file.uploader);
}

import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from './create-database.ts';

const PIECE = 5_000;

/** Deletes what may be millions of rows in pieces, so that nobody waits for it. */
export async function deleteInPieces(
  db: Db,
  { table, where }: { table: PgTable; where: SQL | undefined },
  signal?: AbortSignal,
): Promise<void> {
  while (signal?.aborted !== true) {
    const { rowCount } = await db.execute(sql`
      delete from ${table} where ctid = any (array(
        select ${table}.ctid from ${table} where ${where} limit ${PIECE}))`);
    if ((rowCount ?? 0) < PIECE) return;
  }
}

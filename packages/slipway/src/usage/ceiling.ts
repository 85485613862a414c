import type { Db, Tx } from '@repo/foundation/db';
import { eq, sql } from 'drizzle-orm';
import { usageCeiling } from './table.ts';

/** What is held, and reserved by uploads on their way. */
interface Amounts {
  files: number;
  bytes: number;
  /** What was uploaded in the month, and is on its way: it may get ready in it. */
  uploads: number;
  uploadedBytes: number;
}

/** Of a project or an organization. */
export interface Held extends Amounts {
  ownerId: string;
  /** Null where nothing goes by the calendar. */
  month: string | null;
  /** Null when it was counted just now. */
  countedAt: string | null;
}

/** So long what was taken in is added to a count, before it is counted anew. */
const KEPT_SECONDS = 60;

/** Adds what is taken in. */
export function addTo(held: Held, { files, bytes }: { files: number; bytes: number }): void {
  held.files += files;
  held.bytes += bytes;
  held.uploads += files;
  held.uploadedBytes += bytes;
}

/**
 * The most that somebody can hold now: what was counted within the last minute, and all that was taken in
 * since. What goes makes less of it, and nothing else more, as long as all that comes goes through here
 * under the owner's lock. So while there is room above it nothing has to be counted, which takes the
 * longer the more uploads are on their way; before anybody is refused it is counted anew.
 */
export async function ceilingOf(
  tx: Tx,
  { ownerId, month }: Pick<Held, 'ownerId' | 'month'>,
): Promise<Held | null> {
  const { rows } = await tx.execute<Record<keyof Amounts | 'countedAt', string>>(sql`
    select files, bytes, uploads, uploaded_bytes as "uploadedBytes", counted_at::text as "countedAt"
    from ${usageCeiling} where owner_id = ${ownerId} and month is not distinct from ${month}::date
      and counted_at > now() - make_interval(secs => ${KEPT_SECONDS})`);
  const [row] = rows;
  if (row === undefined) return null;
  return {
    ownerId,
    month,
    files: Number(row.files),
    bytes: Number(row.bytes),
    uploads: Number(row.uploads),
    uploadedBytes: Number(row.uploadedBytes),
    countedAt: row.countedAt,
  };
}

/** Writes down what was taken in, in the transaction that takes it in. */
export async function keepCeilings(tx: Tx, held: readonly Held[]): Promise<void> {
  if (held.length === 0) return;
  const rows = held.map(({ ownerId, month, files, bytes, uploads, uploadedBytes, countedAt }) => {
    const at = countedAt === null ? sql`now()` : sql`${countedAt}::timestamptz`;
    return sql`(${ownerId}, ${month}::date, ${files}::bigint, ${bytes}::bigint, ${uploads}::bigint, ${uploadedBytes}::bigint, ${at})`;
  });
  await tx.execute(sql`
    insert into ${usageCeiling} (owner_id, month, files, bytes, uploads, uploaded_bytes, counted_at)
    values ${sql.join(rows, sql`, `)}
    on conflict (owner_id) do update set month = excluded.month, files = excluded.files,
      bytes = excluded.bytes, uploads = excluded.uploads, uploaded_bytes = excluded.uploaded_bytes,
      counted_at = excluded.counted_at`);
}

/** To be called where limits change: as long as there were none nothing was added. */
export async function forgetCeiling(tx: Tx, ownerId: string): Promise<void> {
  await tx.delete(usageCeiling).where(eq(usageCeiling.ownerId, ownerId));
}

export async function forgetOldCeilings(db: Db): Promise<void> {
  await db.delete(usageCeiling).where(sql`${usageCeiling.countedAt} < now() - interval '1 hour'`);
}

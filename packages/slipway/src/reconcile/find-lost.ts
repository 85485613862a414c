import { and, asc, eq, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { transition } from '../file/transition.ts';
import { derivative } from '../image/table.ts';
import { type Project, project } from '../project/table.ts';
import type { Storage } from '../storage/storage.ts';
import type { StorageId } from './known-keys.ts';
import { noteSweep } from './note.ts';

interface Range {
  storageId: StorageId;
  storage: Storage;
  startedAt: Date;
  /** What the storage listed between `after` and `last`. */
  keys: ReadonlySet<string>;
  after: string;
  /** Null at the storage's end. */
  last: string | null;
}

const FAILURE = { code: 'object_lost', message: 'The storage lost the bytes of this file.' };

/** Rows that are compared at once. */
const BATCH = 1000;

/**
 * Ready files whose object the storage did not list, nor has when asked for it alone: they have
 * failed, which is an alarm. Returns how many that were.
 */
export async function findLost(ctx: SlipwayContext, range: Range): Promise<number> {
  let lost = 0;
  let { after } = range;
  // Files may share an object.
  let afterId: string | null = null;
  for (;;) {
    const rows = await readyIn(ctx, { ...range, after }, afterId);
    for (const found of rows) {
      if (range.keys.has(found.row.key) || (await isThere(range, found.row.key))) continue;
      if (await fail(ctx, found)) lost += 1;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) break;
    after = last.row.key;
    afterId = last.row.id;
  }
  await forgetDerivatives(ctx, range);
  return lost;
}

function readyIn(ctx: SlipwayContext, range: Range, afterId: string | null) {
  const key = sql`${file.key} collate "C"`;
  const { after, last } = range;
  return ctx.db
    .select({ row: file, project })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(
      and(
        range.storageId === null ? isNull(file.storageId) : eq(file.storageId, range.storageId),
        afterId === null
          ? sql`${key} > ${after}`
          : sql`(${key}, ${file.id}) > (${after}, ${afterId})`,
        last === null ? undefined : sql`${key} <= ${last}`,
        eq(file.status, 'ready'),
        // What became ready while the storage was being listed may have been behind.
        lt(file.readyAt, range.startedAt),
      ),
    )
    .orderBy(asc(key), asc(file.id))
    .limit(BATCH);
}

function between(key: SQL, { after, last }: Range): (SQL | undefined)[] {
  return [sql`${key} > ${after}`, last === null ? undefined : sql`${key} <= ${last}`];
}

const isThere = async ({ storage }: Range, key: string) => (await storage.head(key)) !== null;

async function fail(
  ctx: SlipwayContext,
  { row, project: owner }: { row: typeof file.$inferSelect; project: Project },
): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    // It may have been moved to another storage meanwhile.
    const [now] = await tx.select().from(file).where(eq(file.id, row.id)).for('update');
    if (now?.storageId !== row.storageId) return false;
    const changed = await transition(tx, ctx, {
      fileId: row.id,
      project: owner,
      to: 'failed',
      reason: FAILURE,
      set: { failure: FAILURE },
    });
    if (changed === undefined) return false;
    const { projectId, id: fileId, key, size: bytes } = row;
    const at = ctx.now();
    await noteSweep(tx, { projectId, action: 'lost_object', fileId, key, bytes, at });
    ctx.log.error({ fileId, key }, 'a storage lost the object of a ready file');
    return true;
  });
}

/** Pictures that were made from files are simply made again. */
async function forgetDerivatives(ctx: SlipwayContext, range: Range): Promise<void> {
  const rows = await ctx.db
    .select({ key: derivative.key })
    .from(derivative)
    .where(
      and(
        range.storageId === null
          ? isNull(derivative.storageId)
          : eq(derivative.storageId, range.storageId),
        ...between(sql`${derivative.key} collate "C"`, range),
        lt(derivative.createdAt, range.startedAt),
      ),
    );
  for (const { key } of rows) {
    if (range.keys.has(key) || (await isThere(range, key))) continue;
    await ctx.db.delete(derivative).where(eq(derivative.key, key));
  }
}

import { createHash } from 'node:crypto';
import { and, asc, eq, lt, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { type Digests, digestsOf } from '../file/read-object.ts';
import { type FileRow, file } from '../file/table.ts';
import { transition } from '../file/transition.ts';
import { type Project, project } from '../project/table.ts';
import { noteSweep } from './note.ts';

/** Read at most in one run, so that the disk has time for others: 20 GiB. */
const MAX_BYTES = 20 * 1024 ** 3;
const BATCH = 100;
const DAY_MS = 86_400_000;

const DAMAGE = {
  code: 'bytes_damaged',
  message: 'The bytes of this file changed on the storage; they are no longer served.',
};

export interface ScrubResult {
  files: number;
  bytes: number;
  damaged: number;
}

/**
 * Handler of `storage.scrub`: reads back files that nobody looked at for `scrubDays`, oldest first, and
 * compares them with their digest. What rotted has failed, which is an alarm; its bytes stay until
 * somebody deletes the file, because most of them may be worth saving. Only on our own disk: object
 * storages look after what they hold.
 */
export async function scrub(ctx: SlipwayContext): Promise<ScrubResult> {
  const result: ScrubResult = { files: 0, bytes: 0, damaged: 0 };
  const { scrubDays } = ctx.config;
  if (scrubDays === 0 || ctx.storages.default.kind !== 'disk') return result;
  const before = new Date(ctx.now().getTime() - scrubDays * DAY_MS);
  for (;;) {
    const rows = await due(ctx, before);
    for (const found of rows) {
      if (result.bytes >= MAX_BYTES) return result;
      result.files += 1;
      result.bytes += found.row.size;
      if (!(await scrubOne(ctx, found))) result.damaged += 1;
    }
    if (rows.length < BATCH) return result;
  }
}

function due(ctx: SlipwayContext, before: Date): Promise<{ row: FileRow; project: Project }[]> {
  const looked = sql`coalesce(${file.scrubbedAt}, ${file.readyAt})`;
  return ctx.db
    .select({ row: file, project })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(
      and(
        eq(file.status, 'ready'),
        sql`${file.storageId} is null`,
        lt(looked, sql`${before.toISOString()}::timestamptz`),
      ),
    )
    .orderBy(asc(looked))
    .limit(BATCH);
}

/** Reads one file back; false when its bytes are others than they were. */
export async function scrubOne(
  ctx: SlipwayContext,
  { row, project: owner }: { row: FileRow; project: Project },
): Promise<boolean> {
  const storage = await ctx.storages.of(row.storageId);
  const { key, partSize } = row;
  // Without the size: a file that has grown is to be read as it is, and condemned.
  const intact = await digestsOf(storage, { key, partSize })
    .then((digests) => agrees(row, digests))
    .catch((error: unknown) => {
      ctx.log.error({ err: error, fileId: row.id }, 'a file could not be read back');
      return undefined;
    });
  // Whatever the outcome, others come first now.
  await ctx.db.update(file).set({ scrubbedAt: ctx.now() }).where(eq(file.id, row.id));
  if (intact !== false) return true;
  await condemn(ctx, { row, project: owner });
  return false;
}

function agrees(row: FileRow, { sha256, parts }: Digests): boolean {
  if (row.sha256 !== null) return row.sha256 === sha256;
  if (row.checksum === null) return true;
  const composite = createHash('sha256')
    .update(Buffer.from(parts.join(''), 'hex'))
    .digest('hex');
  return row.checksum === `sha256-parts:${row.partSize}:${composite}`;
}

async function condemn(
  ctx: SlipwayContext,
  { row, project: owner }: { row: FileRow; project: Project },
): Promise<void> {
  const { id: fileId, projectId, key, size: bytes } = row;
  await ctx.db.transaction(async (tx) => {
    // What rotted may be what a move left behind meanwhile.
    const [now] = await tx.select().from(file).where(eq(file.id, fileId)).for('update');
    if (now?.storageId !== row.storageId) return;
    const changed = await transition(tx, ctx, {
      fileId,
      project: owner,
      to: 'failed',
      reason: DAMAGE,
      set: { failure: DAMAGE },
    });
    if (changed === undefined) return;
    const at = ctx.now();
    await noteSweep(tx, { projectId, action: 'damaged_object', fileId, key, bytes, at });
    ctx.log.error({ fileId, key }, 'the bytes of a ready file were damaged');
  });
}

import { AppError } from '@repo/foundation/errors';
import { and, asc, eq, gt, inArray, isNull, lt, lte, ne, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { type Project, project } from '../project/table.ts';
import { noteSweep } from '../reconcile/note.ts';
import type { SweepAction } from '../reconcile/table.ts';
import { sweepQuarantine } from '../scan/sweep-quarantine.ts';
import { eraseObject } from './erase.ts';
import { finishSoon } from './finish-soon.ts';
import { noticeArrival } from './settle.ts';
import { sweepDue } from './sweep-due.ts';
import { sweepInLanes } from './sweep-lanes.ts';
import { ENDED, type FileRow, file, UNFINISHED } from './table.ts';
import { transition } from './transition.ts';
import { takesLong, verifyLater } from './verify-later.ts';

/** Younger ones are left to their client. */
const MIN_AGE_MS = 30_000;
const BATCH = 500;

export interface SweepResult {
  ready: number;
  rejected: number;
  expired: number;
  waiting: number;
  erased: number;
}

interface Unfinished {
  row: FileRow;
  project: Project;
}

/**
 * Handler of `file.sweep`: what has its bytes is settled, what never got them expires, and what
 * ended is erased for good once nothing more can arrive. One file's problem never stops the others.
 */
export async function sweepFiles(ctx: SlipwayContext): Promise<SweepResult> {
  const result: SweepResult = { ready: 0, rejected: 0, expired: 0, waiting: 0, erased: 0 };
  await sweepInLanes(
    (range) => unfinishedIn(ctx, range),
    async (found) => {
      result[await sweepOne(ctx, found)] += 1;
    },
  );
  await sweepDue(ctx);
  await sweepInLanes(
    (range) => endedIn(ctx, range),
    async ({ row }) => {
      if (await eraseOne(ctx, row)) result.erased += 1;
    },
  );
  await sweepQuarantine(ctx, async (found) => {
    result[await sweepOne(ctx, found)] += 1;
  });
  await ctx.storages.default.tidy().catch((error: unknown) => {
    ctx.log.error({ err: error }, 'leftovers of uploads could not be removed');
  });
  if (result.ready + result.rejected + result.expired + result.erased > 0)
    ctx.log.info({ ...result }, 'swept uploads');
  return result;
}

interface Range {
  after: string;
  upTo: string | null;
}

const within = ({ after, upTo }: Range) =>
  and(gt(file.id, after), upTo === null ? undefined : lte(file.id, upTo));

function unfinishedIn(ctx: SlipwayContext, range: Range): Promise<Unfinished[]> {
  return ctx.db
    .select({ row: file, project })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(
      and(
        inArray(file.status, [...UNFINISHED]),
        // Those that wait for a scanner may be many after it was away; nobody else waits for them.
        ne(file.scan, 'pending'),
        lt(file.createdAt, new Date(ctx.now().getTime() - MIN_AGE_MS)),
        within(range),
      ),
    )
    .orderBy(asc(file.id))
    .limit(BATCH);
}

function endedIn(ctx: SlipwayContext, range: Range): Promise<{ row: FileRow }[]> {
  return ctx.db
    .select({ row: file })
    .from(file)
    .where(
      and(
        inArray(file.status, [...ENDED]),
        isNull(file.erasedAt),
        isNull(file.trashedUntil),
        // What a storage lost may come back, and of what rotted most may be worth saving: both stay
        // until somebody deletes the file.
        sql`(${file.status} <> 'failed' or coalesce(${file.failure}->>'code', '') not in ('object_lost', 'bytes_damaged'))`,
        // How much later nothing can arrive any more depends on the storage: see `eraseObject`.
        lt(file.expiresAt, ctx.now()),
        within(range),
      ),
    )
    .orderBy(asc(file.id))
    .limit(BATCH);
}

async function sweepOne(ctx: SlipwayContext, found: Unfinished): Promise<keyof SweepResult> {
  try {
    // Asked before looking for the object: an upload that ends in between would be missed.
    const open = await mayArrive(ctx, found.row);
    return await settleOne(ctx, found, open);
  } catch (error) {
    ctx.log.error({ err: error, fileId: found.row.id }, 'an upload could not be settled yet');
    return 'waiting';
  }
}

async function settleOne(
  ctx: SlipwayContext,
  found: Unfinished,
  open: boolean,
): Promise<keyof SweepResult> {
  try {
    return await advance(ctx, found);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'object_missing') throw error;
    if (open) return 'waiting';
    await end(ctx, found);
    return 'expired';
  }
}

async function advance(ctx: SlipwayContext, found: Unfinished): Promise<keyof SweepResult> {
  const arrived = await noticeArrival(ctx, found);
  if (arrived.status === 'verifying' && takesLong(arrived)) {
    await verifyLater(ctx, arrived);
    return 'waiting';
  }
  const settled = await finishSoon(ctx, { ...found, row: arrived });
  if (settled.status !== 'ready' && settled.status !== 'rejected') return 'waiting';
  await note(ctx, settled, settled.status === 'ready' ? 'completed' : 'rejected');
  return settled.status;
}

async function mayArrive(ctx: SlipwayContext, row: FileRow): Promise<boolean> {
  const storage = await ctx.storages.of(row.storageId);
  if (ctx.now().getTime() < row.expiresAt.getTime() + storage.grace.expireMs) return true;
  return storage.isReceiving(row.incomingKey ?? row.key);
}

/** An upload whose bytes never came has expired; one whose bytes were seen and are gone has failed. */
async function end(ctx: SlipwayContext, { row, project }: Unfinished): Promise<void> {
  const vanished = row.status === 'verifying';
  const failure = { code: 'object_lost', message: 'The storage lost the bytes of this upload.' };
  const changed = await ctx.db.transaction((tx) =>
    transition(tx, ctx, {
      fileId: row.id,
      project,
      to: vanished ? 'failed' : 'expired',
      reason: vanished ? failure : { code: 'no_bytes' },
      ...(vanished ? { set: { failure } } : {}),
    }),
  );
  if (changed !== undefined) await note(ctx, changed, vanished ? 'lost_object' : 'expired');
}

/** For the dashboard; the file's own history has it, too. */
async function note(ctx: SlipwayContext, row: FileRow, action: SweepAction): Promise<void> {
  const { id: fileId, projectId, key, size: bytes } = row;
  await noteSweep(ctx.db, { projectId, action, fileId, key, bytes, at: ctx.now() });
}

async function eraseOne(ctx: SlipwayContext, row: FileRow): Promise<boolean> {
  try {
    return await eraseObject(ctx, row);
  } catch (error) {
    ctx.log.error({ err: error, fileId: row.id }, 'an ended file could not be erased yet');
    return false;
  }
}

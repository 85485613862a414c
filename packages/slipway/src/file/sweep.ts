import { recordAudit } from '@repo/foundation/audit';
import { AppError } from '@repo/foundation/errors';
import { and, asc, eq, gt, inArray, isNull, lt } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { project } from '../project/table.ts';
import { settle } from './complete-upload.ts';
import { eraseObject } from './erase.ts';
import { ENDED, type FileRow, file, UNFINISHED } from './table.ts';

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
  organizationId: string;
}

/**
 * Handler of `file.sweep`: what has its bytes is settled, what never got them expires, and what
 * ended is erased for good once nothing more can arrive. One file's problem never stops the others.
 */
export async function sweepFiles(ctx: SlipwayContext): Promise<SweepResult> {
  const result: SweepResult = { ready: 0, rejected: 0, expired: 0, waiting: 0, erased: 0 };
  await eachBatch(
    (after) => unfinishedAfter(ctx, after),
    async (found) => {
      result[await sweepOne(ctx, found)] += 1;
    },
  );
  await eachBatch(
    (after) => endedAfter(ctx, after),
    async ({ row }) => {
      if (await eraseOne(ctx, row)) result.erased += 1;
    },
  );
  await ctx.storage.tidy().catch((error: unknown) => {
    ctx.log.error({ err: error }, 'leftovers of uploads could not be removed');
  });
  if (result.ready + result.rejected + result.expired + result.erased > 0)
    ctx.log.info({ ...result }, 'swept uploads');
  return result;
}

/** Every row once, in the order of ids, however many fail. */
async function eachBatch<T extends { row: FileRow }>(
  load: (after: string) => Promise<T[]>,
  work: (found: T) => Promise<void>,
): Promise<void> {
  let after = '';
  for (;;) {
    const rows = await load(after);
    for (const found of rows) await work(found);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.row.id;
  }
}

function unfinishedAfter(ctx: SlipwayContext, id: string): Promise<Unfinished[]> {
  return ctx.db
    .select({ row: file, organizationId: project.organizationId })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(
      and(
        inArray(file.status, [...UNFINISHED]),
        lt(file.createdAt, new Date(ctx.now().getTime() - MIN_AGE_MS)),
        gt(file.id, id),
      ),
    )
    .orderBy(asc(file.id))
    .limit(BATCH);
}

function endedAfter(ctx: SlipwayContext, id: string): Promise<{ row: FileRow }[]> {
  return ctx.db
    .select({ row: file })
    .from(file)
    .where(
      and(
        inArray(file.status, [...ENDED]),
        isNull(file.erasedAt),
        lt(file.expiresAt, new Date(ctx.now().getTime() - ctx.storage.grace.eraseMs)),
        gt(file.id, id),
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
    await settle(ctx, found);
    return 'ready';
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    if (error.code !== 'object_missing') return 'rejected';
    if (open) return 'waiting';
    await expire(ctx, found);
    return 'expired';
  }
}

async function mayArrive(ctx: SlipwayContext, row: FileRow): Promise<boolean> {
  const { storage } = ctx;
  if (ctx.now().getTime() < row.expiresAt.getTime() + storage.grace.expireMs) return true;
  return storage.isReceiving(row.key);
}

/** The state and its audit entry; nothing when a client was quicker. */
async function expire(ctx: SlipwayContext, { row, organizationId }: Unfinished): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const changed = await tx
      .update(file)
      .set({ status: 'expired', endedAt: ctx.now() })
      .where(and(eq(file.id, row.id), inArray(file.status, [...UNFINISHED])))
      .returning({ id: file.id });
    if (changed.length === 0) return;
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'file.expired',
      entityId: row.id,
      data: { projectId: row.projectId, name: row.name },
    });
  });
}

async function eraseOne(ctx: SlipwayContext, row: FileRow): Promise<boolean> {
  try {
    return await eraseObject(ctx, row);
  } catch (error) {
    ctx.log.error({ err: error, fileId: row.id }, 'an ended file could not be erased yet');
    return false;
  }
}

import { AppError } from '@repo/foundation/errors';
import { and, asc, eq, gt, inArray, lt } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { project } from '../project/table.ts';
import { settle } from './complete-upload.ts';
import { type FileRow, file } from './table.ts';

/** Younger ones are left to their client. */
const MIN_AGE_MS = 30_000;
/** An upload that began in time may still be running for so long after its URL expired. */
const RUNNING_GRACE_MS = 24 * 3_600_000;
const BATCH = 500;

export interface SweepResult {
  ready: number;
  rejected: number;
  expired: number;
  waiting: number;
}

/** Handler of `file.sweep`: what has its bytes is settled, what never got them expires. */
export async function sweepFiles(ctx: SlipwayContext): Promise<SweepResult> {
  const result: SweepResult = { ready: 0, rejected: 0, expired: 0, waiting: 0 };
  let after = '';
  for (;;) {
    const rows = await unfinishedAfter(ctx, after);
    for (const row of rows) result[await sweepOne(ctx, row)] += 1;
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.row.id;
  }
  if (result.ready + result.rejected + result.expired > 0)
    ctx.log.info({ ...result }, 'swept unfinished uploads');
  return result;
}

function unfinishedAfter(ctx: SlipwayContext, id: string) {
  return ctx.db
    .select({ row: file, organizationId: project.organizationId })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(
      and(
        inArray(file.status, ['pending', 'verifying']),
        lt(file.createdAt, new Date(ctx.now().getTime() - MIN_AGE_MS)),
        gt(file.id, id),
      ),
    )
    .orderBy(asc(file.id))
    .limit(BATCH);
}

async function sweepOne(
  ctx: SlipwayContext,
  input: { row: FileRow; organizationId: string },
): Promise<keyof SweepResult> {
  try {
    await settle(ctx, input);
    return 'ready';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== 'object_missing') return error.status < 500 ? 'rejected' : 'waiting';
    const { row } = input;
    if (ctx.now().getTime() < row.expiresAt.getTime() + RUNNING_GRACE_MS) return 'waiting';
    await ctx.db
      .update(file)
      .set({ status: 'expired', endedAt: ctx.now() })
      .where(and(eq(file.id, row.id), inArray(file.status, ['pending', 'verifying'])));
    return 'expired';
  }
}

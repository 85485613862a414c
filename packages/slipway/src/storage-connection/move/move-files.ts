import { recordAudit } from '@repo/foundation/audit';
import { AppError } from '@repo/foundation/errors';
import type { JobRun } from '@repo/foundation/jobs';
import { and, eq, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../../context.ts';
import { slipwayError } from '../../errors.ts';
import type { FileRow } from '../../file/table.ts';
import { derivative } from '../../image/table.ts';
import { project } from '../../project/table.ts';
import type { Storage } from '../../storage/storage.ts';
import { storageMove } from '../table.ts';
import { READ_ON_MS, remember } from './leftover.ts';
import { moveFile, TurnLost } from './move-file.ts';
import { type Cursor, countToMove, countUnfinished, nextBatch } from './pending-files.ts';
import { createPlaces } from './same-place.ts';
import { isHeld, type Turn, takeTurn } from './turn.ts';

const BATCH = 100;
/** Small files at once; of larger ones each takes a part's memory, so they go one by one. */
const LANES = 4;
const SMALL_BYTES = 64 * 1024 ** 2;
/** So many failures in a row are not the files'. */
const ENOUGH_FAILURES = 5;

interface Pass {
  turn: Turn;
  to: Storage;
  isSamePlace: (one: Storage, other: Storage) => Promise<boolean>;
  /** Aborts when the process is to end. */
  stop: AbortSignal;
  failures: number;
  failedInARow: number;
}

/**
 * Handler of `storage.move`: one pass over the files that are not where they are to be. Ends when
 * there are none, and waits for the next pass when some could not be moved, or are still being
 * uploaded. May be called any number of times, also at once: one process at a time works on a move.
 */
export async function moveFiles(
  ctx: SlipwayContext,
  { moveId }: { moveId: string },
  run: Pick<JobRun, 'signal'>,
): Promise<void> {
  const turn = await takeTurn(ctx, moveId);
  if (turn === null) return;
  try {
    const to = await ctx.storages.of(turn.move.toId);
    const isSamePlace = createPlaces(turn.move);
    const pass: Pass = {
      turn,
      to,
      isSamePlace,
      stop: AbortSignal.any([run.signal, turn.signal]),
      failures: 0,
      failedInARow: 0,
    };
    await passOver(ctx, pass);
    if (!pass.stop.aborted && pass.failures === 0) await finish(ctx, turn);
  } catch (error) {
    if (error instanceof TurnLost) return;
    await noteProblem(ctx, { turn, problem: reasonOf(error) });
    throw error;
  } finally {
    await turn.release();
  }
}

async function passOver(ctx: SlipwayContext, pass: Pass): Promise<void> {
  const { projectId, toId } = pass.turn.move;
  let after: Cursor | null = null;
  while (!isOver(pass)) {
    const rows: FileRow[] = await nextBatch(ctx.db, { projectId, toId, after, limit: BATCH });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = { createdAt: last.createdAt, id: last.id };
    const small = rows.filter(({ size }) => size <= SMALL_BYTES);
    await Promise.all(Array.from({ length: LANES }, () => drain(ctx, { pass, rows: small })));
    await drain(ctx, { pass, rows: rows.filter(({ size }) => size > SMALL_BYTES) });
  }
}

const isOver = ({ stop, failedInARow }: Pass) => stop.aborted || failedInARow >= ENOUGH_FAILURES;

async function drain(
  ctx: SlipwayContext,
  { pass, rows }: { pass: Pass; rows: FileRow[] },
): Promise<void> {
  for (let row = rows.shift(); row !== undefined; row = rows.shift()) {
    if (isOver(pass)) return;
    await moveOne(ctx, { pass, row });
  }
}

/** One file's problem stops no other; it is shown, and tried again. */
async function moveOne(
  ctx: SlipwayContext,
  { pass, row }: { pass: Pass; row: FileRow },
): Promise<void> {
  const { turn, to } = pass;
  try {
    const from = await ctx.storages.of(row.storageId);
    if (await pass.isSamePlace(to, from)) throw samePlace();
    await moveFile(ctx, { turn, row, from, to });
    pass.failedInARow = 0;
  } catch (error) {
    if (error instanceof TurnLost) throw error;
    pass.failures += 1;
    pass.failedInARow += 1;
    ctx.log.warn({ err: error, moveId: turn.move.id, fileId: row.id }, 'a file was not moved yet');
    await noteProblem(ctx, { turn, problem: `${row.name}: ${reasonOf(error)}` });
  }
}

export function samePlace() {
  return slipwayError('conflict', 'Both storages are the same bucket; there is nothing to move.');
}

const reasonOf = (error: unknown) =>
  error instanceof AppError ? error.message : 'Something went wrong on our side.';

async function noteProblem(
  ctx: SlipwayContext,
  { turn, problem }: { turn: Turn; problem: string | null },
): Promise<void> {
  await ctx.db.update(storageMove).set({ problem }).where(isHeld(turn));
}

async function finish(ctx: SlipwayContext, turn: Turn): Promise<void> {
  const { id, projectId, toId } = turn.move;
  await noteProblem(ctx, { turn, problem: null });
  const where = { projectId, toId };
  if ((await countUnfinished(ctx.db, where)) > 0) return;
  await ctx.db.transaction(async (tx) => {
    const [owner] = await tx.select().from(project).where(eq(project.id, projectId));
    // An upload may have ended since we looked.
    if (owner === undefined || (await countToMove(tx, where)).files > 0) return;
    const [done] = await tx
      .update(storageMove)
      .set({ status: 'done', endedAt: ctx.now() })
      .where(isHeld(turn))
      .returning();
    if (done === undefined) return;
    // Those that were made while their file was on its way.
    const dueAt = new Date(ctx.now().getTime() + READ_ON_MS);
    const late = await tx
      .delete(derivative)
      .where(
        and(
          sql`${derivative.fileId} in (select id from file where project_id = ${projectId})`,
          sql`${derivative.storageId} is distinct from ${toId}`,
        ),
      )
      .returning({ key: derivative.key, storageId: derivative.storageId });
    for (const place of late) await remember(tx, { ...place, projectId, dueAt });
    await recordAudit(tx, ctx, {
      organizationId: owner.organizationId,
      action: 'storage_move.finished',
      entityId: id,
      data: { projectId, toId, movedFiles: done.movedFiles, movedBytes: done.movedBytes },
    });
  });
}

import type { Db, Tx } from '@repo/foundation/db';
import type { Outcome } from '@repo/foundation/webhook';
import { waitFor } from '@repo/foundation/webhook';
import { and, eq, max, ne } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { ATTEMPT_MS } from './begin.ts';
import { enqueueCallback } from './jobs.ts';
import { callbackAttempt, type UploadCallbackRow, uploadCallback } from './table.ts';
import type { Answer } from './wire.ts';

const MOST_BODY = 4_096;

const isPending = (fileId: string) =>
  and(eq(uploadCallback.fileId, fileId), eq(uploadCallback.state, 'pending'));

const storable = (text: string, most = 500) =>
  text.replaceAll('\0', '').toWellFormed().slice(0, most);

interface Attempted {
  fileId: string;
  /** With this one. */
  attempts: number;
  at: Date;
  url: string | null;
  outcome: Outcome;
  answer: Answer;
}

/** Writes an attempt down, with all that follows from it. */
export async function settleAttempt(ctx: SlipwayContext, attempted: Attempted): Promise<void> {
  const { fileId, attempts, at, url, outcome, answer } = attempted;
  const problem = 'problem' in answer ? storable(answer.problem) : null;
  await ctx.db.transaction(async (tx) => {
    await tx.insert(callbackAttempt).values({
      fileId,
      number: attempts,
      at,
      durationMs: outcome.durationMs,
      url,
      status: outcome.status,
      body: outcome.body === null ? null : storable(outcome.body, MOST_BODY),
      problem,
    });
    if (problem !== null)
      ctx.log.warn({ fileId, attempts, problem }, 'a server was not told of an upload');
    await follow(tx, ctx, { ...attempted, lastError: problem });
  });
}

async function follow(
  tx: Tx,
  ctx: SlipwayContext,
  { fileId, attempts, at, outcome, answer, lastError }: Attempted & { lastError: string | null },
): Promise<void> {
  if (answer.kind === 'result') {
    const { result } = answer;
    return endCallback(tx, ctx, { fileId, state: 'done', result, lastError: null });
  }
  if (answer.kind === 'unreachable')
    return endCallback(tx, ctx, { fileId, state: 'unreachable', lastError });
  if (answer.kind === 'refused')
    return endCallback(tx, ctx, { fileId, state: 'failed', lastError });
  const busyUntil = new Date(at.getTime() + ATTEMPT_MS);
  const isHeard = answer.kind === 'heard';
  const wait = waitFor(attempts, { id: fileId, outcome, now: ctx.now() });
  if (wait === null) {
    // Its answer may still come; if not, `callback.sweep` ends it.
    if (isHeard) return;
    return endCallback(tx, ctx, { fileId, state: 'failed', lastError });
  }
  const next = ctx.now().getTime() + wait;
  await again(tx, ctx, {
    fileId,
    attempts,
    at: new Date(isHeard ? Math.max(next, busyUntil.getTime()) : next),
    set: isHeard ? {} : { busyUntil: null, lastError },
  });
}

/** The next attempt, unless there is a newer one already. */
async function again(
  tx: Tx | Db,
  ctx: SlipwayContext,
  call: {
    fileId: string;
    attempts: number;
    at: Date;
    set: Partial<Pick<UploadCallbackRow, 'busyUntil' | 'lastError'>>;
  },
): Promise<void> {
  const { fileId, attempts, at, set } = call;
  const changed = await tx
    .update(uploadCallback)
    .set({ ...set, nextAttemptAt: at })
    .where(and(isPending(fileId), eq(uploadCallback.attempts, attempts)))
    .returning({ fileId: uploadCallback.fileId });
  if (changed.length === 0) return;
  const of = tx.select({ projectId: file.projectId }).from(file).where(eq(file.id, fileId));
  const delaySeconds = Math.max(0, Math.ceil((at.getTime() - ctx.now().getTime()) / 1000));
  for (const { projectId } of await of)
    await enqueueCallback(tx, ctx, { fileId, projectId, delaySeconds });
}

/** No attempt yet. */
export async function postpone(
  ctx: SlipwayContext,
  { fileId, attempts, ms }: { fileId: string; attempts: number; ms: number },
): Promise<void> {
  const at = new Date(ctx.now().getTime() + ms);
  await ctx.db.transaction((tx) => again(tx, ctx, { fileId, attempts, at, set: {} }));
}

/** The server itself says that nothing came of it: the next attempt need not wait for this one. */
export async function noteFailure(
  ctx: SlipwayContext,
  { fileId, problem }: { fileId: string; problem: string },
): Promise<void> {
  const lastError = storable(problem);
  await ctx.db.transaction(async (tx) => {
    const [row] = await tx.select().from(uploadCallback).where(isPending(fileId)).for('update');
    if (row === undefined) return;
    const { attempts } = row;
    ctx.log.warn({ fileId, attempts, problem: lastError }, 'a server was not told of an upload');
    await tx
      .update(callbackAttempt)
      .set({ problem: lastError })
      // Numbers begin anew when somebody has it sent again.
      .where(
        eq(
          callbackAttempt.id,
          tx
            .select({ id: max(callbackAttempt.id) })
            .from(callbackAttempt)
            .where(and(eq(callbackAttempt.fileId, fileId), eq(callbackAttempt.number, attempts))),
        ),
      );
    const wait = waitFor(attempts, { id: fileId, outcome: null, now: ctx.now() });
    if (wait === null) return endCallback(tx, ctx, { fileId, state: 'failed', lastError });
    const at = new Date(ctx.now().getTime() + wait);
    await again(tx, ctx, { fileId, attempts, at, set: { busyUntil: null, lastError } });
  });
}

/** The first end counts; but that an answer comes after it was given up is no end yet. */
export async function endCallback(
  tx: Tx | Db,
  ctx: SlipwayContext,
  {
    fileId,
    ...set
  }: Pick<UploadCallbackRow, 'fileId' | 'state' | 'lastError'> &
    Partial<Pick<UploadCallbackRow, 'result'>>,
): Promise<void> {
  await tx
    .update(uploadCallback)
    .set({
      ...set,
      // Nothing is signed any more; what came to nothing may be sent again.
      ...(set.state === 'done' && { secret: null }),
      busyUntil: null,
      finishedAt: ctx.now(),
    })
    .where(
      set.state === 'done'
        ? and(eq(uploadCallback.fileId, fileId), ne(uploadCallback.state, 'done'))
        : isPending(fileId),
    );
}

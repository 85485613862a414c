import { failpoint } from '@repo/foundation/failpoint';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { requireKeys } from '../storage-connection/credentials.ts';
import { unseal } from '../storage-connection/seal.ts';
import { RETRY_DELAYS_MS } from '../webhook/schedule.ts';
import { signedHeaders } from '../webhook/sign.ts';
import { deliverCallbackJob } from './jobs.ts';
import { type Answer, postCallback } from './post.ts';
import { uploadCallback } from './table.ts';

/** For the server to do its work and to answer. */
const ATTEMPT_MS = 60_000;

type Row = typeof uploadCallback.$inferSelect;

/** What a message is known by, the same in every attempt. */
const callbackId = (fileId: string) => `callback_${fileId}`;

/** Handler of `callback.deliver`: tells the server, until its first whole answer is written down. */
export async function deliverUploadCallback(
  ctx: SlipwayContext,
  { fileId, attempt }: { fileId: string; attempt: number },
  run: { signal?: AbortSignal } = {},
): Promise<void> {
  const [found] = await ctx.db
    .select({ callback: uploadCallback, status: file.status })
    .from(uploadCallback)
    .innerJoin(file, eq(file.id, uploadCallback.fileId))
    .where(eq(uploadCallback.fileId, fileId));
  if (found?.callback.state !== 'pending' || found.callback.attempts !== attempt) return;
  if (found.status !== 'ready') {
    return end(ctx, fileId, { state: 'failed', lastError: `The file is ${found.status} by now.` });
  }
  const busyMs = (found.callback.busyUntil?.getTime() ?? 0) - ctx.now().getTime();
  if (busyMs > 0) {
    const delaySeconds = Math.ceil(busyMs / 1000);
    return ctx.queue.enqueue(ctx.db, deliverCallbackJob, {
      payload: { fileId, attempt },
      delaySeconds,
    });
  }
  if (!(await begin(ctx, { fileId, attempt }))) return;
  const answer = await send(ctx, { ...found.callback, attempts: attempt + 1 }, run.signal);
  failpoint('callback.sent');
  await settle(ctx, { fileId, attempts: attempt + 1, answer });
}

/** Counts an attempt, and has the next one made if nothing comes of it: also if this process dies. */
async function begin(
  ctx: SlipwayContext,
  { fileId, attempt }: { fileId: string; attempt: number },
): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const changed = await tx
      .update(uploadCallback)
      .set({ attempts: attempt + 1, busyUntil: new Date(ctx.now().getTime() + ATTEMPT_MS) })
      .where(and(isPending(fileId), eq(uploadCallback.attempts, attempt)))
      .returning({ fileId: uploadCallback.fileId });
    const next = RETRY_DELAYS_MS[attempt + 1];
    if (changed.length > 0 && next !== undefined) {
      await ctx.queue.enqueue(tx, deliverCallbackJob, {
        payload: { fileId, attempt: attempt + 1 },
        delaySeconds: Math.ceil(next / 1000),
      });
    }
    return changed.length > 0;
  });
}

async function send(
  ctx: SlipwayContext,
  { fileId, url, data, secret, attempts }: Row,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const at = ctx.now();
  const id = callbackId(fileId);
  const body = JSON.stringify({ type: 'upload.callback', id, fileId, attempt: attempts, data });
  let key: string;
  try {
    key = unseal(requireKeys(ctx.buckets), { sealed: secret, boundTo: fileId });
  } catch (error) {
    ctx.log.error({ err: error, fileId }, 'a callback could not be signed');
    return { kind: 'problem', problem: 'Its secret cannot be opened by this Slipway any more.' };
  }
  const headers = signedHeaders([key], { id, at, body });
  return postCallback(ctx.outgoing, { url, headers, body, timeoutMs: ATTEMPT_MS, signal });
}

async function settle(
  ctx: SlipwayContext,
  { fileId, attempts, answer }: { fileId: string; attempts: number; answer: Answer },
): Promise<void> {
  if (answer.kind === 'result') {
    return end(ctx, fileId, { state: 'done', result: answer.result, lastError: null });
  }
  const { kind } = answer;
  const lastError = answer.problem.replaceAll('\0', '').toWellFormed().slice(0, 500);
  ctx.log.warn({ fileId, attempts, problem: lastError }, 'a server was not told of an upload');
  if (kind === 'unreachable') return end(ctx, fileId, { state: 'unreachable', lastError });
  if (kind === 'refused' || attempts >= RETRY_DELAYS_MS.length) {
    return end(ctx, fileId, { state: 'failed', lastError });
  }
  // The next attempt need not wait for this one; unless there is a newer one already.
  await ctx.db
    .update(uploadCallback)
    .set({ busyUntil: null, lastError })
    .where(and(isPending(fileId), eq(uploadCallback.attempts, attempts)));
}

/** The first end counts. */
async function end(
  ctx: SlipwayContext,
  fileId: string,
  set: Partial<Pick<Row, 'state' | 'result' | 'lastError'>>,
): Promise<void> {
  await ctx.db
    .update(uploadCallback)
    .set({ ...set, busyUntil: null, finishedAt: ctx.now() })
    .where(isPending(fileId));
}

const isPending = (fileId: string) =>
  and(eq(uploadCallback.fileId, fileId), eq(uploadCallback.state, 'pending'));

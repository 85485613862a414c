import { GuardedFetchError } from '@repo/foundation/guarded-fetch';
import { and, eq, ne } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { type Callback, callbackMessage, loadCallback } from './callback-message.ts';
import { callbackJob } from './jobs.ts';
import { type UploadthingRouteRow, uploadthingCallback } from './table.ts';

/** Seconds before each attempt; with the last one it is given up, after three days. */
export const SCHEDULE = [0, 5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** For the server to do its work and to answer. */
const ATTEMPT_MS = 60_000;
/** A server that says nothing of its uploads so long after they came never will. */
const ROUTE_MS = 3_600_000;
/** So long a developer's machine that listens to us is expected to do it itself. */
const DEV_MS = 30_000;
const ANSWER_BYTES = 4_096;

/**
 * Handler of `uploadthing.callback`: tells the developer's server, until it says what came of it. An
 * SDK answers 200 to a callback also when its handler threw, so only `callback-result` counts.
 */
export async function deliverCallback(
  ctx: SlipwayContext,
  { fileId, attempt }: { fileId: string; attempt: number },
): Promise<void> {
  const found = await loadCallback(ctx, { fileId });
  if (found === undefined || !isDue(found, attempt)) return;
  const { callback, route } = found;
  const later = (ms: number) => enqueue(ctx, { fileId, attempt, seconds: Math.ceil(ms / 1000) });
  const age = ctx.now().getTime() - callback.createdAt.getTime();
  if (route === null) {
    if (age < ROUTE_MS) return later(Math.min(60_000, Math.max(1_000, age)));
    return giveUp(ctx, fileId, 'The server never said where this upload’s end is to be told.');
  }
  if (route.isDev && attempt === 0 && age < DEV_MS) return later(DEV_MS - age);
  const busyMs = (callback.busyUntil?.getTime() ?? 0) - ctx.now().getTime();
  if (busyMs > 0) return later(busyMs);
  const claimed = await claimAttempt(ctx, { fileId, attempt });
  if (!claimed) return;
  await send(ctx, { ...found, route });
}

const isDue = ({ callback }: Callback, attempt: number) =>
  callback.status === 'pending' && callback.attempts === attempt;

/** Counts an attempt, and has the next one made if nothing comes of it: also if this process dies. */
export async function claimAttempt(
  ctx: SlipwayContext,
  { fileId, attempt }: { fileId: string; attempt: number },
): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const changed = await tx
      .update(uploadthingCallback)
      .set({
        attempts: attempt + 1,
        busyUntil: new Date(ctx.now().getTime() + ATTEMPT_MS),
      })
      .where(
        and(
          eq(uploadthingCallback.fileId, fileId),
          eq(uploadthingCallback.attempts, attempt),
          eq(uploadthingCallback.status, 'pending'),
        ),
      )
      .returning({ fileId: uploadthingCallback.fileId });
    const next = SCHEDULE[attempt + 1];
    if (changed.length > 0 && next !== undefined) {
      const payload = { fileId, attempt: attempt + 1 };
      await ctx.queue.enqueue(tx, callbackJob, { payload, delaySeconds: next });
    }
    return changed.length > 0;
  });
}

async function enqueue(
  ctx: SlipwayContext,
  { seconds, ...payload }: { fileId: string; attempt: number; seconds: number },
): Promise<void> {
  await ctx.queue.enqueue(ctx.db, callbackJob, { payload, delaySeconds: seconds });
}

async function send(
  ctx: SlipwayContext,
  found: Callback & { route: UploadthingRouteRow },
): Promise<void> {
  const { callback, route } = found;
  const { fileId } = callback;
  const message = await callbackMessage(ctx, found);
  const failure = await post(ctx, route, message);
  if (failure !== null) return noteFailure(ctx, fileId, failure);
  // To an error nobody answers more than that it was heard.
  if (message.hook === 'error') await finishCallback(ctx, { fileId, result: null });
}

/** Null when it was heard. */
async function post(
  ctx: SlipwayContext,
  { callbackUrl, slug }: UploadthingRouteRow,
  { hook, payload, signature }: { hook: string; payload: string; signature: string },
): Promise<string | null> {
  try {
    const url = ctx.outgoing.checkUrl(callbackUrl);
    url.searchParams.set('slug', slug);
    const { status, body } = await ctx.outgoing.send(url.href, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'uploadthing-hook': hook,
        'x-uploadthing-signature': signature,
      },
      body: payload,
      timeoutMs: ATTEMPT_MS,
      maxBytes: ANSWER_BYTES,
    });
    if (status >= 200 && status < 300) return null;
    return `The server answered ${status}: ${body.toString('utf8').slice(0, 300)}`;
  } catch (error) {
    if (error instanceof GuardedFetchError) return error.message;
    throw error;
  }
}

/** The next attempt need not wait for this one. */
export async function noteFailure(
  ctx: SlipwayContext,
  fileId: string,
  message: string,
): Promise<void> {
  const [row] = await ctx.db
    .update(uploadthingCallback)
    .set({ busyUntil: null, lastError: message.replaceAll('\0', '').toWellFormed().slice(0, 500) })
    .where(and(eq(uploadthingCallback.fileId, fileId), eq(uploadthingCallback.status, 'pending')))
    .returning();
  if (row === undefined) return;
  ctx.log.warn({ fileId, attempt: row.attempts, message }, 'a server was not told of an upload');
  if (row.attempts >= SCHEDULE.length) await giveUp(ctx, fileId, row.lastError ?? message);
}

async function giveUp(ctx: SlipwayContext, fileId: string, lastError: string): Promise<void> {
  await ctx.db
    .update(uploadthingCallback)
    .set({ status: 'failed', finishedAt: ctx.now(), lastError })
    .where(and(eq(uploadthingCallback.fileId, fileId), eq(uploadthingCallback.status, 'pending')));
}

/** The first answer counts; false when there was one before. */
export async function finishCallback(
  ctx: SlipwayContext,
  { fileId, result }: { fileId: string; result: string | null },
): Promise<boolean> {
  const changed = await ctx.db
    .update(uploadthingCallback)
    .set({ status: 'done', result, finishedAt: ctx.now(), busyUntil: null, lastError: null })
    .where(and(eq(uploadthingCallback.fileId, fileId), ne(uploadthingCallback.status, 'done')))
    .returning({ fileId: uploadthingCallback.fileId });
  return changed.length > 0;
}

import { Readable } from 'node:stream';
import { AppError } from '@repo/foundation/errors';
import type { JobRun } from '@repo/foundation/jobs';
import { and, eq, inArray, ne } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { eraseFileJob } from '../file/jobs.ts';
import { file } from '../file/table.ts';
import { transition } from '../file/transition.ts';
import { appendBytes } from '../tus/append.ts';
import { loadUpload, type TusUpload } from '../tus/upload.ts';
import { sizeOf, validatorOf } from './describe-source.ts';
import { FETCH_MS } from './jobs.ts';
import { openSource, type Source } from './open-source.ts';
import { fileSource } from './table.ts';

/** A source that says nothing for so long is asked again. */
const IDLE_MS = 30_000;

/**
 * Handler of `file.fetch`. What came before an interruption is kept, and only the rest is asked for, as
 * long as the source says that it still has the same bytes.
 */
export async function fetchFile(
  ctx: SlipwayContext,
  { fileId }: { fileId: string },
  run: Pick<JobRun, 'lastAttempt' | 'signal'>,
): Promise<void> {
  const [source] = await ctx.db.select().from(fileSource).where(eq(fileSource.fileId, fileId));
  if (source !== undefined) {
    try {
      await bring(ctx, { ...source, signal: run.signal });
    } catch (error) {
      await settleFailure(ctx, { fileId, error, lastAttempt: run.lastAttempt });
    }
  }
  await forgetSources(ctx);
}

async function bring(
  ctx: SlipwayContext,
  { fileId, url, validator, signal }: typeof fileSource.$inferSelect & { signal: AbortSignal },
): Promise<void> {
  const upload = await loadUpload(ctx, fileId);
  if (upload.row.status !== 'pending') return;
  const { offset } = upload.tus;
  if (offset > 0 && validator === null)
    throw changed(
      'The connection broke, and the source does not say whether its file is the same.',
    );
  const range = { range: `bytes=${offset}-`, 'if-range': validator ?? '' };
  const request = { url, timeoutMs: FETCH_MS, signal, headers: offset > 0 ? range : {} };
  const answer = await openSource(ctx, request);
  try {
    // What comes now is what the rest has to be of, whatever was there when the source was looked at.
    if (offset === 0)
      await ctx.db
        .update(fileSource)
        .set({ validator: validatorOf(answer.headers) })
        .where(eq(fileSource.fileId, fileId));
    const isRest = checkSame(answer, { upload, validator });
    const body = isRest || offset === 0 ? answer.body : Readable.from(behind(answer.body, offset));
    await append(ctx, { fileId, offset, body });
  } finally {
    answer.body.destroy();
  }
  // Now it is known how many there are.
  const after = await loadUpload(ctx, fileId);
  if (after.tus.length !== null) return;
  const { offset: length } = after.tus;
  await append(ctx, { fileId, offset: length, length, body: Readable.from([]) });
}

const append = (
  ctx: SlipwayContext,
  call: { fileId: string; offset: number; body: Readable; length?: number },
) =>
  appendBytes(ctx, {
    length: undefined,
    contentLength: undefined,
    checksum: undefined,
    idleMs: IDLE_MS,
    ...call,
  });

/** Whether these are only the bytes that are missing. */
function checkSame(
  { status, headers }: Source,
  { upload, validator }: { upload: TusUpload; validator: string | null },
): boolean {
  const { offset, length } = upload.tus;
  const isRest = status === 206;
  if (isRest && !headers['content-range']?.startsWith(`bytes ${offset}-`))
    throw changed('The source answered with other bytes than were asked for.');
  const size = sizeOf(headers);
  const expected = length === null ? null : length - (isRest ? offset : 0);
  const hasOther = expected !== null && size !== null && size !== expected;
  const isOther = isRest ? contradicts(headers, validator) : validatorOf(headers) !== validator;
  if (hasOther || (offset > 0 && isOther)) throw changed('The source has another file now.');
  return isRest;
}

/** A source that knows `If-Range` sends no rest of another file; some only know `Range`, and say so here. */
function contradicts({ etag, ...headers }: Source['headers'], validator: string | null): boolean {
  const said = validator?.startsWith('"') ? etag : headers['last-modified'];
  return said !== undefined && said !== validator;
}

/** For sources that know no ranges. */
async function* behind(body: Readable, offset: number): AsyncGenerator<Buffer> {
  let left = offset;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    if (chunk.length > left) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

const changed = (message: string) =>
  slipwayError('source_unavailable', message, { details: { reason: 'changed' } });

/** What may pass is tried again by the queue; everything else is the end of the file. */
async function settleFailure(
  ctx: SlipwayContext,
  { fileId, error, lastAttempt }: { fileId: string; error: unknown; lastAttempt: boolean },
): Promise<void> {
  const [found] = await ctx.db.select().from(file).where(eq(file.id, fileId));
  // It was rejected for its bytes, deleted meanwhile, or is being looked at.
  if (found?.status !== 'pending') return;
  if (!lastAttempt && mayPass(error)) throw error;
  const known = error instanceof AppError && error.status < 500;
  const failure = known
    ? { code: error.code, message: error.message }
    : { code: 'upload_failed', message: 'The file could not be fetched.' };
  if (!known) ctx.log.error({ err: error, fileId }, 'a file could not be fetched');
  const { project } = await loadUpload(ctx, fileId);
  await ctx.db.transaction(async (tx) => {
    const ended = { fileId, project, to: 'failed' as const, reason: failure, set: { failure } };
    if ((await transition(tx, ctx, ended)) !== undefined)
      await ctx.queue.enqueue(tx, eraseFileJob, { payload: { fileId } });
  });
}

const FINAL_STATUSES = [400, 401, 403, 404, 405, 406, 410, 451];

function mayPass(error: unknown): boolean {
  if (!(error instanceof AppError)) return true;
  const { reason, status } = (error.details ?? {}) as { reason?: unknown; status?: unknown };
  switch (error.code) {
    case 'source_unavailable':
      if (reason === 'changed') return false;
      return reason !== 'answer' || !FINAL_STATUSES.includes(Number(status));
    // The connection broke, fell silent, or another worker is at it.
    case 'size_mismatch':
    case 'upload_stalled':
    case 'upload_locked':
    case 'upload_interrupted':
    case 'offset_mismatch':
      return true;
    default:
      return error.status >= 500;
  }
}

/** Of files that wait for nothing any more: also of those whose worker was killed at the end. */
async function forgetSources(ctx: SlipwayContext): Promise<void> {
  const over = ctx.db.select({ id: file.id }).from(file);
  await ctx.db
    .delete(fileSource)
    .where(
      inArray(
        fileSource.fileId,
        over.where(and(eq(file.id, fileSource.fileId), ne(file.status, 'pending'))),
      ),
    );
}

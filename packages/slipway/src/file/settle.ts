import type { Tx } from '@repo/foundation/db';
import { AppError, isUniqueViolation } from '@repo/foundation/errors';
import { failpoint } from '@repo/foundation/failpoint';
import { and, eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import type { Project } from '../project/table.ts';
import { isPartReplaced } from '../storage/part-replaced.ts';
import type { MultipartRef, Storage } from '../storage/storage.ts';
import { hasAllBytes, publishAppended } from '../tus/whole.ts';
import { damaged, inspect, type Verdict } from './inspect.ts';
import { PARTS_DAMAGED, recoverParts } from './recover-parts.ts';
import { findTwin, shareBytes } from './share-bytes.ts';
import { storedParts } from './stored-parts.ts';
import { type FileRow, file } from './table.ts';
import { takePlace } from './take-place.ts';
import { transition } from './transition.ts';
import type { PartsRow } from './upload-session.ts';

export interface Settling {
  row: FileRow;
  project: Project;
}

/**
 * First half of the way to `ready`: from `pending` to `verifying`, if all bytes are there.
 *
 * @throws `object_missing`, with the numbers of missing parts; the upload stays open.
 */
export async function noticeArrival(
  ctx: SlipwayContext,
  { row, project }: Settling,
): Promise<FileRow> {
  if (row.status !== 'pending') return row;
  await requireBytes(ctx, row);
  failpoint('settle.before-verifying');
  const changed = await ctx.db.transaction((tx) =>
    transition(tx, ctx, {
      fileId: row.id,
      project,
      to: 'verifying',
      reason: { code: 'bytes_arrived' },
    }),
  );
  return changed ?? reload(ctx, row);
}

/**
 * Second half: makes one immutable object of the bytes, looks at it, and settles the file: `ready`, or
 * `rejected` with the reason. A file that waits for a scanner stays `verifying`; one of which some parts
 * are damaged is `pending` again and needs those alone. Safe to call any number of times, also at
 * once: there is one outcome.
 */
export async function finish(ctx: SlipwayContext, settling: Settling): Promise<FileRow> {
  const { row } = settling;
  if (row.status !== 'verifying') return row;
  const known = running.get(row.id);
  if (known !== undefined) return known;
  const work = finishOnce(ctx, settling).finally(() => running.delete(row.id));
  running.set(row.id, work);
  return work;
}

/** Of files that are being looked at in this process: a second caller waits for the first one's answer. */
const running = new Map<string, Promise<FileRow>>();

/** For the process that is at it, before the answer is that it goes on. */
const LOCK_WAIT_MS = 2_000;

/** One process at a time: what each of them wrote would otherwise be looked at by another. */
async function finishOnce(ctx: SlipwayContext, settling: Settling): Promise<FileRow> {
  const lock = await ctx.locks.acquire(`settle:${settling.row.id}`, { waitMs: LOCK_WAIT_MS });
  const row = await reload(ctx, settling.row);
  if (lock === null) return row;
  try {
    if (row.status !== 'verifying') return row;
    return await finishLocked(ctx, { ...settling, row }).catch((error: unknown) =>
      orEnded(ctx, { row, error }),
    );
  } finally {
    await lock.release();
  }
}

/** Who gave the file up meanwhile took its bytes away, too: that is its outcome, and no fault. */
async function orEnded(
  ctx: SlipwayContext,
  { row, error }: { row: FileRow; error: unknown },
): Promise<FileRow> {
  const latest = await reload(ctx, row);
  if (latest.status === 'verifying' || latest.status === 'pending') throw error;
  return latest;
}

async function finishLocked(ctx: SlipwayContext, { row, project }: Settling): Promise<FileRow> {
  const storage = await ctx.storages.of(row.storageId);
  failpoint('settle.before-object');
  const comparedParts = await materialize(ctx, { row, storage }).catch(async (error: unknown) => {
    if (isMissingParts(error)) await reopenForParts(ctx, { row, project });
    throw error;
  });
  failpoint('settle.after-object');
  const found = await storage.head(row.key);
  if (found === null) throw missing(row);
  const inspected = await inspect(ctx, { row, project, storage, found, comparedParts });
  if (inspected.outcome === 'quarantined') return quarantine(ctx, row);
  if (inspected.outcome === 'damaged') {
    const reopened = await recoverParts(ctx, { row, project, storage, damaged: inspected.parts });
    if (reopened !== null) return reopened;
  }
  const verdict = inspected.outcome === 'damaged' ? damaged(inspected.parts) : inspected;
  failpoint('settle.before-outcome');
  const sha256 = verdict.outcome === 'ready' ? verdict.sha256 : null;
  const twin = await findTwin(ctx, { row, storage, sha256 });
  const settled = await recordOutcome(ctx, { row, project, storage, twin, verdict });
  failpoint('settle.after-outcome');
  await discard(ctx, { settled, storage });
  return settled;
}

/**
 * All bytes as one object at the file's own key, where no client can reach it. Idempotent. True when the
 * storage is known to have compared every part as it came.
 */
export async function materialize(
  ctx: SlipwayContext,
  { row, storage }: { row: FileRow; storage: Storage },
): Promise<boolean> {
  const { key, type, uploadId, partSize, incomingKey } = row;
  if (uploadId !== null && partSize !== null) {
    return assembleParts(ctx, {
      row: { ...row, partSize },
      upload: { key, uploadId, type },
      storage,
    });
  }
  if (row.uploadKind === 'tus' || row.uploadKind === 'tus_partial') {
    await publishAppended(ctx, { row, storage });
    // Smaller than a part, and in a bucket: it waits where its pieces waited.
    if (row.uploadKind === 'tus' && incomingKey !== null && row.size > 0)
      await takeIn(storage, { row, incomingKey });
  } else if (incomingKey !== null) {
    await takeIn(storage, { row, incomingKey });
  }
  return false;
}

/** Whoever sends a part again in the very moment of every attempt has to complete again. */
const MOST_ATTEMPTS = 5;

async function assembleParts(
  ctx: SlipwayContext,
  input: {
    row: PartsRow;
    upload: MultipartRef & { type: string };
    storage: Storage;
  },
  attempt = 1,
): Promise<boolean> {
  const { row, upload, storage } = input;
  const state = await storedParts(ctx, { row, storage });
  // Otherwise it was completed before, by somebody who did not come further.
  if (state === null) return false;
  if (state.missing.length > 0) throw missingParts(row, state.missing);
  try {
    await storage.completeMultipart({ ...upload, parts: state.parts });
  } catch (error) {
    if (!isPartReplaced(error) || attempt === MOST_ATTEMPTS) throw error;
    return assembleParts(ctx, input, attempt + 1);
  }
  return state.parts.every(({ sha256 }) => sha256 !== null);
}

/**
 * In this order: what the client may still send to the incoming key is another object, so if it is the
 * source that was seen here, then nobody had copied before, and a copy that comes late fails.
 */
async function takeIn(
  storage: Storage,
  { row, incomingKey }: { row: FileRow; incomingKey: string },
): Promise<void> {
  const { key: to, type } = row;
  const source = await storage.head(incomingKey);
  if ((await storage.head(to)) !== null) return;
  if (source === null) throw missing(row);
  await storage.copy({ from: incomingKey, to, type, ifMatch: source.etag });
}

const isMissingParts = (error: unknown) =>
  error instanceof AppError &&
  error.code === 'object_missing' &&
  'missing' in (error.details ?? {});

/** Parts that were there are there no more: the upload takes them again. */
async function reopenForParts(ctx: SlipwayContext, { row, project }: Settling): Promise<void> {
  const reason = { code: PARTS_DAMAGED, message: 'Some parts were damaged, and are needed again.' };
  await ctx.db.transaction((tx) =>
    transition(tx, ctx, { fileId: row.id, project, to: 'pending', reason }),
  );
}

async function requireBytes(ctx: SlipwayContext, row: FileRow): Promise<void> {
  if (row.uploadKind === 'tus' || row.uploadKind === 'tus_partial') {
    if (await hasAllBytes(ctx, row)) return;
    throw missing(row);
  }
  const storage = await ctx.storages.of(row.storageId);
  if (row.uploadKind === 'multipart' && row.partSize !== null) {
    const state = await storedParts(ctx, { row: { ...row, partSize: row.partSize }, storage });
    if (state !== null && state.missing.length > 0) throw missingParts(row, state.missing);
    if (state !== null) return;
  }
  if ((await storage.head(row.incomingKey ?? row.key)) === null) throw missing(row);
}

function missing(row: FileRow) {
  return slipwayError(
    'object_missing',
    `Expected an object of ${row.size} bytes at the upload’s URL; there is none yet. Send the bytes, then complete again.`,
    { details: { expected: row.size } },
  );
}

function missingParts(row: FileRow, numbers: number[]) {
  return slipwayError(
    'object_missing',
    `Of this upload ${numbers.length} parts are missing. Send them, then complete again.`,
    { details: { expected: row.size, missing: numbers } },
  );
}

type ReadyVerdict = Extract<Verdict, { outcome: 'ready' }>;

/** An upload that takes the customId in this very moment is seen by the next attempt. */
const MOST_TAKEOVERS = 5;

async function recordOutcome(
  ctx: SlipwayContext,
  input: Parameters<typeof record>[1],
  attempt = 1,
): Promise<FileRow> {
  try {
    return await record(ctx, input);
  } catch (error) {
    const isTaken = isUniqueViolation(error, 'file_project_custom_id');
    if (!isTaken || attempt === MOST_TAKEOVERS) throw error;
    return recordOutcome(ctx, input, attempt + 1);
  }
}

/** With the version that it replaces, and the bytes that it shares. */
async function becomeReady(
  tx: Tx,
  ctx: SlipwayContext,
  input: Settling & { storage: Storage; twin: FileRow | null; verdict: ReadyVerdict },
): Promise<FileRow | undefined> {
  const { row, project, storage, twin, verdict } = input;
  // First the place, for which newcomers wait: who kept the same twin meanwhile, which may be the file
  // that is replaced, would have the other one wait for ever.
  const replaces = await replaceIn(tx, ctx, { row, project });
  const shared = twin === null ? {} : await shareBytes(tx, ctx, { row, twin, storage });
  return transition(tx, ctx, {
    fileId: row.id,
    project,
    to: 'ready',
    reason: {
      code: 'verified',
      ...(replaces !== null && { message: `It is a newer version of ${replaces}.` }),
    },
    set: {
      sha256: verdict.sha256,
      checksum: verdict.checksum,
      scan: verdict.scan,
      ...verdict.pixels,
      ...shared,
      replaces,
      uploadId: null,
    },
  });
}

async function replaceIn(
  tx: Tx,
  ctx: SlipwayContext,
  { row, project }: Settling,
): Promise<string | null> {
  const [newcomer] = await tx.select().from(file).where(eq(file.id, row.id)).for('update');
  if (newcomer?.status !== 'verifying' || !newcomer.isVersion) return null;
  return takePlace(tx, ctx, { newcomer, project });
}

/** One transaction. Whoever comes second finds the state changed and reads it. */
async function record(
  ctx: SlipwayContext,
  input: Settling & {
    storage: Storage;
    twin: FileRow | null;
    verdict: Extract<Verdict, { outcome: 'ready' | 'rejected' }>;
  },
): Promise<FileRow> {
  const { row, project, verdict } = input;
  const changed = await ctx.db.transaction((tx) =>
    verdict.outcome === 'ready'
      ? becomeReady(tx, ctx, { ...input, verdict })
      : transition(tx, ctx, {
          fileId: row.id,
          project,
          to: 'rejected',
          reason: verdict.failure,
          set: { failure: verdict.failure, scan: verdict.scan },
        }),
  );
  return changed ?? reload(ctx, row);
}

async function quarantine(ctx: SlipwayContext, row: FileRow): Promise<FileRow> {
  const [changed] = await ctx.db
    .update(file)
    .set({ scan: 'pending' })
    .where(and(eq(file.id, row.id), eq(file.status, 'verifying')))
    .returning();
  return changed ?? reload(ctx, row);
}

/**
 * Bytes that were refused, and those that were copied, are not kept. Should this fail the outcome
 * stays: the sweeper erases every ended file, and every object that belongs to none.
 */
async function discard(
  ctx: SlipwayContext,
  { settled, storage }: { settled: FileRow; storage: Storage },
): Promise<void> {
  const keys = [
    ...(settled.status === 'rejected' ? [settled.key] : []),
    ...(settled.incomingKey === null ? [] : [settled.incomingKey]),
  ];
  for (const key of keys) {
    await storage.delete(key).catch((error: unknown) => {
      ctx.log.warn({ err: error, fileId: settled.id }, 'bytes could not be erased yet');
    });
  }
}

async function reload(ctx: SlipwayContext, { id }: FileRow): Promise<FileRow> {
  const [row] = await ctx.db.select().from(file).where(eq(file.id, id));
  if (row === undefined) throw slipwayError('not_found', `There is no file "${id}".`);
  return row;
}
